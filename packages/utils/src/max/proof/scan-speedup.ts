// The speedup of threads that each scan the same shared doubles, and its judgement where memory is the limit.

import { median } from '@cookbook/lab/claim';
import type { Context, Judgement } from '@cookbook/lab/claim';
import { judgeParallel, measureParallel, workerLanes } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { UNIT_MS } from '@cookbook/lab/task';
import { max } from '../extremes/iterables.ts';
import type { LaneData } from './max-task.ts';
import { THREADS } from './sweep-sizes.ts';

/** ms for the trials: a claim takes a few seconds. */
const TRIALS_MS = 2_000;
/** From this growth of the CPU time of the same work on, two threads wait for memory, which is one for both. */
const MEMORY_BOUND = 1.25;

/** @param alone ms that one scan of `values` takes, so that a unit of work is as long as the lab's */
export function measureScan(values: Float64Array, alone: number, { budget, signal }: Context): Promise<Speedup> {
  const data: LaneData = { values, largest: max(values) };
  return measureParallel({
    open: (count) => workerLanes(count, new URL('./max-task.ts', import.meta.url), data),
    lanes: THREADS,
    unit: { kernel: 'primes', repeats: Math.max(1, Math.round(UNIT_MS / alone)) },
    context: { budget: Math.min(budget, TRIALS_MS), signal },
  });
}

/** As the lab judges parallel lanes, except that a host whose memory is busy with one thread cannot show a speedup. */
export function judgeLarge(speedup: Speedup): Judgement {
  const judgement = judgeParallel(speedup);
  const grown = median(speedup.trials.map(({ cpuRatio }) => cpuRatio));
  const isShort = judgement.verdict === 'refuted' || judgement.verdict === 'inconclusive';
  if (!isShort || grown < MEMORY_BOUND) return judgement;
  return {
    verdict: 'cannot-show',
    reason: `side by side each thread takes ${grown.toFixed(2)}x its CPU time: the memory of this host is busy with one`,
  };
}
