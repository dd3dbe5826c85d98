import { afterEach, expect, test, vi } from 'vitest';
import { race, ways } from '../src/race/recipe.ts';

afterEach(() => vi.restoreAllMocks());

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

test('the lock keeps a thread out while another has it', () => {
  const memory = Int32Array.of(0, 1);
  const wait = vi.spyOn(Atomics, 'wait').mockImplementation(() => {
    expect(memory[0]).toBe(0);
    memory[1] = 0; // the other one leaves
    return 'ok';
  });
  vi.spyOn(Atomics, 'notify').mockReturnValue(0); // the memory is not shared
  ways.lock(memory, 1);
  expect(wait).toHaveBeenCalledTimes(1);
  expect([...memory]).toEqual([1, 0]);
});

test('what another thread stores within ++ is overwritten', () => {
  const memory = new Int32Array(1);
  const interrupted = new Proxy(memory, {
    get(words, at) {
      const loaded: unknown = Reflect.get(words, at);
      memory[0] = 10; // by another thread, between the load and the store of this one
      return loaded;
    },
  });
  ways['++'](interrupted, 1);
  expect(memory[0]).toBe(1);
});

test.each(['++', 'load and store', 'Atomics.add', 'lock'] as const)('%s in one thread loses nothing', async (way) => {
  expect(await race(way, 1, 10_000)).toBe(10_000);
});
