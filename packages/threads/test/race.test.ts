import { expect, test } from 'vitest';
import { race } from '../src/race/recipe.ts';

test.each([
  ['Atomics.add', 2, 500_000],
  ['Atomics.add', 4, 250_000],
  ['lock', 2, 50_000],
  ['lock', 4, 25_000],
] as const)('%s in %i threads counts every one of %i times each', async (way, threads, times) => {
  expect(await race(way, threads, times)).toBe(threads * times);
});

test('load and store in 2 threads loses updates in some of 20 rounds, and never counts too many', async () => {
  const counts: number[] = [];
  for (let round = 0; round < 20; round++) counts.push(await race('load and store', 2, 500_000));
  expect(counts.some((count) => count < 1_000_000)).toBe(true);
  expect(counts.every((count) => count <= 1_000_000)).toBe(true);
});

test.each(['++', 'load and store', 'Atomics.add', 'lock'] as const)('%s in one thread loses nothing', async (way) => {
  expect(await race(way, 1, 10_000)).toBe(10_000);
});
