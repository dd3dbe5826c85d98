// From how many values threads are faster than one call, on this host at this moment.

import { usableCores } from '@cookbook/lab/host';
import { max } from '../extremes/iterables.ts';
import { MaxThreads } from '../parallel/max-threads.ts';

/** Threads of the sweep: one a core, two at least. */
export const THREADS = Math.max(2, usableCores());
/** 64 MB: more than the caches of most machines hold. */
export const LARGE = 8_000_000;
const SIZES = [10_000, 100_000, 300_000, 1_000_000, 3_000_000, LARGE];

/** Interleaved searches of the same values. */
export interface Size {
  readonly length: number;
  /** ms of the quickest round of each: other programs can only lengthen a round. */
  readonly alone: number;
  readonly together: number;
  /** Time of the threads / time of one call, round by round. */
  readonly ratios: readonly number[];
}

/** Rounds at a size: fewer where one takes long. */
const MOST_ROUNDS = 40;
const ROUND_BUDGET_MS = 150;
const LEAST_ROUNDS = 9;

/**
 * Times both ways at each size, on warm threads.
 *
 * @throws Error where the two do not find the same
 */
export async function sweepSizes(
  values: Float64Array,
  threads: number,
  signal: AbortSignal,
  sizes: readonly number[] = SIZES,
): Promise<Size[]> {
  await using lanes = new MaxThreads({ threads });
  for (let round = 0; round < 10; round++) await lanes.max(values.subarray(0, sizes.at(-1)! / 4));
  const swept: Size[] = [];
  for (const length of sizes) {
    const given = values.subarray(0, length);
    const ratios: number[] = [];
    let [alone, together] = [Infinity, Infinity];
    const until = performance.now() + ROUND_BUDGET_MS;
    while (ratios.length < LEAST_ROUNDS || (ratios.length < MOST_ROUNDS && performance.now() < until)) {
      signal.throwIfAborted();
      const start = performance.now();
      const found = max(given);
      const between = performance.now();
      const again = await lanes.max(given);
      const end = performance.now();
      if (found !== again) throw new Error(`Expected the threads to find ${found}, got ${again}`);
      alone = Math.min(alone, between - start);
      together = Math.min(together, end - between);
      ratios.push((end - between) / (between - start));
    }
    swept.push({ length, ratios, alone, together });
  }
  return swept;
}

/**
 * The least size from which on the threads are faster at every larger one, by the quickest rounds; undefined where they
 * are at none.
 */
export function breakEven(sizes: readonly Size[]): number | undefined {
  const last = sizes.findLastIndex(({ alone, together }) => together >= alone);
  return sizes[last + 1]?.length;
}
