// What the trials say of async with threads, and of threads alone, compared with async alone.

import { CONTENDED_SHARE, intervals, median, medianInterval, sampled } from '@cookbook/lab/claim';
import type { Bound, Figure, Finding, Judgement } from '@cookbook/lab/claim';
import { judgeParallel } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';

const LEAST_SPEEDUP = 1.7;
/** Threads that also wait reach 15 / (15 + 20) of their number: under 1 for two. */
const MOST_OF_THREADS_ALONE = 1.3;

/**
 * The archive's process and the thread that downloads need the cores too, so that not all of two threads' gain is to be
 * observed on two cores. With a smaller share than this they do not explain what is missing.
 */
const SERVER_SHARE = 0.1;

/** Where not one trial came above this, no neighbour explains it: on the busiest host some came near 2. */
const PLAINLY_SERIAL = 1.4;

/** Async with threads: `both-speedup`, which is judged, and `both-observed`. */
export function together(words: string, both: Speedup): Finding {
  const speedup = speedupFigure('both-speedup', 'async and threads / async alone', both, { least: leastOf(both) });
  const observed = both.trials.map((trial) => trial.observed);
  const figures = [
    speedup,
    sampled('both-observed', 'observed speedup, async and threads / async alone', observed, 'x'),
  ];
  const judgement = judgeBoth(both);
  if (judgement.qualifier === undefined) return { figures, judgement, words };
  const limit =
    judgement.qualifier === 'contended'
      ? 'This machine is busy'
      : 'A quota, an affinity or a single core limits this run';
  return {
    figures,
    judgement,
    words: `${limit}: with free cores async with threads would be {both-speedup} as fast as async alone; in this run {both-observed}.`,
  };
}

/** Threads that download too: `threads-speedup`. */
export function threadsThatWait(words: string, threadsAlone: Speedup): Finding {
  const bound = { most: MOST_OF_THREADS_ALONE };
  return intervals(words, speedupFigure('threads-speedup', 'threads alone / async alone', threadsAlone, bound));
}

/** 1.7 of 2; less where work side by side takes more CPU time on this host, so that 2 cannot be reached. */
export function leastOf({ trials }: Speedup): number {
  return 1 + (LEAST_SPEEDUP - 1) * (median(trials.map(({ ceiling }) => ceiling)) - 1);
}

/** Potential speedups; where the system does not report how long threads wait for a core, observed ones. */
export function potentialsOf({ trials }: Speedup): number[] {
  return trials.map(({ potential, observed }) => potential ?? observed);
}

function speedupFigure(key: string, name: string, speedup: Speedup, bound: Bound): Figure {
  const kind = speedup.trials.every(({ potential }) => potential !== undefined) ? 'potential' : 'observed';
  return sampled(key, `${kind} speedup, ${name}`, potentialsOf(speedup), 'x', bound);
}

/** As the lab judges lanes, but to a higher bound, and refuted by a quiet host only: downloads come through other processes. */
export function judgeBoth(both: Speedup): Judgement {
  const speedup = medianInterval(potentialsOf(both));
  const isEnough = speedup.median >= leastOf(both);
  const judgement = judgeParallel(both);
  if (judgement.verdict === 'holds') {
    if (isEnough) return judgement;
    const range = `${speedup.low.toFixed(2)}x to ${speedup.high.toFixed(2)}x`;
    return { verdict: 'inconclusive', reason: `speedup ${range}, around the bound of ${leastOf(both).toFixed(2)}x` };
  }
  const waiting = median(both.trials.map(({ waitingShare }) => waitingShare ?? 0));
  const share = Math.round(100 * waiting);
  if (judgement.verdict === 'inconclusive' && isEnough && waiting >= SERVER_SHARE) {
    const reason = `the server and the downloads took the cores for ${share} % of the time`;
    return { verdict: 'holds', qualifier: 'contended', reason };
  }
  if (judgement.verdict !== 'refuted' || waiting < CONTENDED_SHARE || speedup.high < PLAINLY_SERIAL) return judgement;
  return {
    verdict: 'inconclusive',
    reason: `${judgement.reason}; other programs had the cores ${share} % of the time`,
  };
}
