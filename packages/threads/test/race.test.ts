import { afterAll, expect, test } from 'vitest';
import { openRace } from '../src/race/recipe.ts';

const races = new Map([1, 2, 4].map((threads) => [threads, openRace(threads)]));
afterAll(() => Promise.all([...races.values()].map((race) => race.close())));

test.each([
  ['Atomics.add', 2, 500_000],
  ['Atomics.add', 4, 250_000],
  ['lock', 2, 50_000],
  ['lock', 4, 25_000],
] as const)('%s in %i threads counts every one of %i times each', async (way, threads, times) => {
  expect(await races.get(threads)!.run(way, times)).toMatchObject({
    counted: threads * times,
    expected: threads * times,
  });
});

test('load and store in 2 threads loses updates in some of 20 rounds, and never counts too many', async () => {
  const results = [];
  for (let round = 0; round < 20; round++) results.push(await races.get(2)!.run('load and store', 500_000));
  expect(results.some(({ counted, expected }) => counted < expected)).toBe(true);
  expect(results.every(({ counted, expected }) => counted <= expected)).toBe(true);
});

test.each(['++', 'load and store', 'Atomics.add', 'lock'] as const)('%s in one thread loses nothing', async (way) => {
  const { counted, expected, nsPerCount } = await races.get(1)!.run(way, 10_000);
  expect(counted).toBe(expected);
  expect(nsPerCount).toBeGreaterThan(0);
});
