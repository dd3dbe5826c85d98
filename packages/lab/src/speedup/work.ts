// A speedup of real work, which uses caches and memory: what the lab's gauge, made of integers, does not see.

import { median } from '../claim/interval.ts';
import { CONTENDED_SHARE } from '../claim/judge.ts';
import type { Judgement } from '../claim/judge.ts';
import type { Speedup } from './speedup.ts';
import { judgeParallel } from './parallel.ts';

/** Above this ratio, work that has no lock takes more CPU time side by side because caches and memory are shared. */
const INFLATED_RATIO = 1.13;

/**
 * As the lab judges that lanes run in parallel, except that a refutation needs a quiet host: where other programs had the
 * cores, or where the same work took more CPU time side by side, it is inconclusive, with that as the reason.
 *
 * For work without a lock only: lanes that spin while they wait for one another take more CPU time too.
 */
export function judgeWork(speedup: Speedup): Judgement {
  const judgement = judgeParallel(speedup);
  if (judgement.verdict !== 'refuted') return judgement;
  const waiting = median(speedup.trials.flatMap(({ waitingShare }) => waitingShare ?? []));
  const ratio = median(speedup.trials.map(({ cpuRatio }) => cpuRatio));
  const reason = judgement.reason?.split(';')[0];
  if (waiting >= CONTENDED_SHARE) {
    const share = Math.round(100 * waiting);
    return { verdict: 'inconclusive', reason: `${reason}; other programs had the cores ${share} % of the time` };
  }
  if (ratio > INFLATED_RATIO) {
    const seen = `the same work took ${ratio.toFixed(2)}x the CPU time side by side: caches and memory are shared here`;
    return { verdict: 'inconclusive', reason: `${reason}; ${seen}` };
  }
  return judgement;
}
