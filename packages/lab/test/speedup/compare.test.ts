import { describe, expect, test } from 'vitest';
import { medianInterval } from '../../src/claim/interval.ts';
import { comparePairs, ratioFigure } from '../../src/speedup/compare.ts';
import type { Comparison } from '../../src/speedup/compare.ts';
import { runToEnd } from '../run-program.ts';

const context = { budget: 1_000, signal: new AbortController().signal };

test('pairs are interleaved, their order alternates, and the first pair is not counted', async () => {
  const order: string[] = [];
  const run = (name: string, ms: number) => () => {
    order.push(name);
    return ms;
  };
  const { ratios, a, b } = await comparePairs(run('a', 3), run('b', 2), { context, pairs: [4, 4] });
  expect(order.join('')).toBe('ab' + 'ab' + 'ba' + 'ab' + 'ba');
  expect(ratios).toEqual([1.5, 1.5, 1.5, 1.5]);
  expect([a.length, b.length]).toEqual([4, 4]);
});

test('it stops once the interval is narrow, and goes on to the most while it is not', async () => {
  expect(
    (
      await comparePairs(
        () => 2,
        () => 1,
        { context },
      )
    ).ratios,
  ).toHaveLength(7);
  let run = 0;
  const noisy = () => [1, 5, 2, 9, 3][run++ % 5]!;
  expect((await comparePairs(noisy, () => 1, { context, pairs: [5, 12] })).ratios).toHaveLength(12);
});

test('an aborted comparison throws, and a spent budget ends it after the least number of pairs', async () => {
  const aborted = { budget: 1_000, signal: AbortSignal.abort(new Error('stopped')) };
  await expect(
    comparePairs(
      () => 1,
      () => 1,
      { context: aborted },
    ),
  ).rejects.toThrow('stopped');
  let run = 0;
  const noisy = () => [1, 9][run++ % 2]!;
  const spent = { ...context, budget: 0 };
  expect((await comparePairs(noisy, () => 1, { context: spent, pairs: [3, 50] })).ratios).toHaveLength(3);
});

test('the ratio becomes a figure with its bound', async () => {
  const comparison = await comparePairs(
    () => 3,
    () => 2,
    { context },
  );
  expect(ratioFigure('a-b', 'a / b', comparison, { most: 2 })).toEqual({
    key: 'a-b',
    name: 'a / b',
    median: 1.5,
    low: 1.5,
    high: 1.5,
    unit: 'x',
    bound: { most: 2 },
  });
});

describe('callers of a function, where V8 copies it into each and it runs slower there (pitfalls/call-sites)', () => {
  const callSites = new URL('../fixtures/call-sites.ts', import.meta.url);
  const run = async <T>(...args: string[]): Promise<T> => JSON.parse((await runToEnd(callSites, args)).stdout) as T;
  /** The least of the last four times / the least of the first four: a neighbour only ever adds to one. */
  const growth = (times: readonly number[]): number => Math.min(...times.slice(-4)) / Math.min(...times.slice(0, 4));

  test('a function is slower in the last ones', async () => {
    expect(growth(await run<number[]>('inlined'))).toBeGreaterThan(1.6);
  });

  test.each(['primes', 'collatz', 'unit'])("the lab's %s is not", async (kernel) => {
    expect(growth(await run<number[]>(kernel))).toBeLessThan(1.6);
  });

  test('pairs do not compare callers: A against itself is 1, however slow both become', async () => {
    const { ratios, a, b } = await run<Comparison>('inlined', 'pairs');
    expect(Math.max(...a, ...b) / Math.min(...a, ...b)).toBeGreaterThan(1.6);
    expect(medianInterval(ratios).median).toBeGreaterThan(0.8);
    expect(medianInterval(ratios).median).toBeLessThan(1.25);
  });
});
