import type { Judgement } from '@cookbook/lab/claim';
import type { Speedup } from '@cookbook/lab/speedup';
import { expect, test } from 'vitest';
import { longestSpread } from '../../src/max/proof/longest-spread.ts';
import { judgeLarge } from '../../src/max/proof/scan-speedup.ts';
import { breakEven, sweepSizes } from '../../src/max/proof/sweep-sizes.ts';

const size = (length: number, together: number) => ({ length, ratios: [], alone: 1, together });

test('Math.max(...) throws for twice the length that is measured as its limit, and takes half of it', () => {
  const longest = longestSpread();
  expect(longest).toBeGreaterThan(1_000);
  expect(() => Math.max(...Array.from<number>({ length: 2 * longest }).fill(1))).toThrow(RangeError);
  expect(Math.max(...Array.from<number>({ length: Math.floor(longest / 2) }).fill(1))).toBe(1);
});

test('threads pay from the size on at which they are faster, and at every larger one', () => {
  expect(breakEven([size(10, 8), size(100, 0.9), size(1_000, 1.1), size(10_000, 0.7), size(100_000, 0.5)])).toBe(
    10_000,
  );
  expect(breakEven([size(10, 8), size(100, 3)])).toBe(undefined);
  expect(breakEven([size(10, 0.5)])).toBe(10);
});

test('a sweep times every size in rounds, and stops when its signal is aborted', async () => {
  const values = new Float64Array(new SharedArrayBuffer(8 * 1_000)).map((_, index) => index);
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  const swept = await sweepSizes(shared, 2, new AbortController().signal, [10, 1_000]);
  expect(swept.map(({ length, ratios }) => [length, ratios.length >= 9])).toEqual([
    [10, true],
    [1_000, true],
  ]);
  await expect(sweepSizes(shared, 2, AbortSignal.abort(), [10])).rejects.toThrow('aborted');
});

test('threads that gain nothing refute the claim, unless it is the memory that both wait for', () => {
  const judged = (potential: number, cpuRatio: number): Judgement => {
    const trial = {
      potential,
      observed: potential,
      cpuRatio,
      inflation: 1,
      ceiling: 2,
      waitingShare: 0,
      idleCores: 0,
      foreignCores: 0,
    };
    const speedup: Speedup = { lanes: 2, cores: 2, trials: Array.from({ length: 5 }, () => trial) };
    return judgeLarge(speedup);
  };
  expect(judged(1.9, 1).verdict).toBe('holds');
  expect(judged(1.1, 1).verdict).toBe('refuted');
  expect(judged(1.1, 1.8)).toEqual({
    verdict: 'cannot-show',
    reason: 'side by side each thread takes 1.80x its CPU time: the memory of this host is busy with one',
  });
});
