import { allHold, counted, defineClaim, formatNumber, judgeBounds, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure, Judgement } from '@cookbook/lab/claim';
import { asNote } from '@cookbook/lab/show';
import { isSettled, judgeParallel, measureSpeedup } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { openArchive } from './proof/archive.ts';
import type { Archive } from './proof/archive.ts';
import { pipelineLanes, unitOf } from './proof/lanes.ts';
import { bytesForScore } from './score.ts';
import { DIFFERENT, DOCUMENTS, drawRuns, LIMIT, plotRuns, runWays, SHOWN, THREADS } from './proof/one-run-each.ts';

const DELAY_MS = 20;
const SCORE_MS = 15;
/** Enough for the first download, in which nothing can be computed yet, to be a small part of a trial. */
const DOCUMENTS_OF_UNIT = 16;

const LEAST_SPEEDUP = 1.7;
/** Threads that also wait reach 15 / (15 + 20) of their number: under 1 for two. */
const MOST_OF_THREADS_ALONE = 1.3;

/** From this share on, the lanes waited for cores that other programs had. */
const CONTENDED_SHARE = 0.2;

/**
 * The archive's process and the thread that downloads need the cores too, so that not all of two threads' gain is to be
 * observed on two cores. With a smaller share than this they do not explain what is missing.
 */
const SERVER_SHARE = 0.1;

/** Where not one trial came above this, no neighbour explains it: on the busiest host some came near 2. */
const PLAINLY_SERIAL = 1.4;

interface PipelineEvidence extends Evidence {
  readonly both: Speedup;
  readonly potential: Figure;
  readonly threads: Figure;
  readonly counts: readonly Figure[];
}

export default defineClaim<PipelineEvidence>({
  id: 'async-io/async-plus-threads',
  says: 'Async for I/O and threads for CPU-bound work, combined, is the common approach.',
  from: ['RC'],
  answer: `For documents of ${DELAY_MS} ms of waiting and ${SCORE_MS} ms of computing async with ${THREADS} threads is at least ${LEAST_SPEEDUP} times as fast as async alone, threads alone are not, and no more than twice the limit of documents is in memory.`,

  async measure(context: Context) {
    const { signal } = context;
    const archive = await openArchive(
      { documents: DIFFERENT, bytes: bytesForScore(SCORE_MS), delay: DELAY_MS },
      signal,
    );
    try {
      const { runs, large } = await runWays(archive, signal);
      const { both, threadsAlone } = await measureSpeedups(archive, context);
      const potential = speedupFigure('async and threads / async alone', both, { least: leastOf(both) });
      const threads = speedupFigure('threads alone / async alone', threadsAlone, { most: MOST_OF_THREADS_ALONE });
      const counts = [
        counted(`of ${DOCUMENTS} documents, most in memory at once`, large.held.most, 'documents', {
          least: LIMIT,
          most: 2 * LIMIT,
        }),
        counted(`of ${DOCUMENTS} documents, scored right`, large.right, 'documents', { least: DOCUMENTS }),
        counted('ways that came to the same scores', runs.filter(({ same }) => same).length, 'ways', {
          least: runs.length,
        }),
      ];
      return {
        both,
        potential,
        threads,
        counts,
        headline: `async and threads ${formatNumber(potential.median)}x async alone, threads alone ${formatNumber(threads.median)}x; at most ${large.held.most} documents in memory`,
        figures: [
          potential,
          threads,
          ...counts,
          sampled(
            'observed speedup, async and threads / async alone',
            both.trials.map(({ observed }) => observed),
            'x',
          ),
          ...runs.map(({ way, held }) => counted(`${SHOWN} documents, ${way}`, held.done.at(-1)!, 'ms')),
          counted(`${DOCUMENTS} documents, async and threads`, large.held.done.at(-1)!, 'ms'),
        ],
        notes: [
          asNote(drawRuns(runs)),
          `A document is ${DELAY_MS} ms away and takes about ${SCORE_MS} ms of CPU time to unpack and score; ${LIMIT} downloads at once, ${THREADS} threads.`,
          'The potential speedup leaves out the time for which other programs had the cores; the times above have it in.',
        ],
        plots: [plotRuns(runs)],
      };
    } finally {
      await archive.close();
    }
  },

  judge: ({ both, potential, threads, counts }) =>
    allHold([judgeBoth(both, potential), judgeIntervals([threads]), judgeBounds({ figures: counts })]),
});

async function measureSpeedups(archive: Archive, context: Context) {
  const { unit, perDocument } = unitOf(DOCUMENTS_OF_UNIT, SCORE_MS);
  const options = { archive, limit: LIMIT, firstWait: DELAY_MS, perDocument };
  const both = await measureSpeedup({
    open: pipelineLanes({ ...options, several: 'async and threads' }),
    lanes: THREADS,
    unit,
    context,
    trials: [5, 10],
    enough: (speedup) => isSettled(speedup) && sampled('', potentialsOf(speedup), 'x').median >= leastOf(speedup),
  });
  const threadsAlone = await measureSpeedup({
    open: pipelineLanes({ ...options, several: 'threads alone' }),
    lanes: THREADS,
    unit: { ...unit, repeats: Math.ceil(unit.repeats / 3) },
    context,
    trials: [3, 3],
  });
  return { both, threadsAlone };
}

/** 1.7 of 2; less where work side by side takes more CPU time on this host, so that 2 cannot be reached. */
function leastOf({ trials }: Speedup): number {
  const ceiling = sampled(
    '',
    trials.map((trial) => trial.ceiling),
    'x',
  ).median;
  return 1 + (LEAST_SPEEDUP - 1) * (ceiling - 1);
}

/** Potential speedups; where the system does not tell how long threads wait for a core, observed ones. */
function potentialsOf({ trials }: Speedup): number[] {
  return trials.map(({ potential, observed }) => potential ?? observed);
}

function speedupFigure(name: string, speedup: Speedup, bound: Figure['bound'] & {}): Figure {
  const kind = speedup.trials.every(({ potential }) => potential !== undefined) ? 'potential' : 'observed';
  return sampled(`${kind} speedup, ${name}`, potentialsOf(speedup), 'x', bound);
}

/** As the lab judges lanes, but to a higher bound, and refuted by a quiet host only: downloads come through other processes. */
export function judgeBoth(both: Speedup, { median, low, high }: Figure): Judgement {
  const judgement = judgeParallel(both);
  const seen = `speedup ${low.toFixed(2)}x to ${high.toFixed(2)}x, around the bound of ${leastOf(both).toFixed(2)}x`;
  if (judgement.verdict === 'holds')
    return median >= leastOf(both) ? judgement : { verdict: 'inconclusive', reason: seen };
  const waiting = sampled(
    '',
    both.trials.map(({ waitingShare }) => waitingShare ?? 0),
    'x',
  ).median;
  const share = Math.round(100 * waiting);
  if (judgement.verdict === 'inconclusive' && median >= leastOf(both) && waiting >= SERVER_SHARE) {
    const reason = `the server and the downloads took the cores for ${share} % of the time`;
    return { verdict: 'holds', qualifier: 'contended', reason };
  }
  if (judgement.verdict !== 'refuted' || waiting < CONTENDED_SHARE || high < PLAINLY_SERIAL) return judgement;
  return {
    verdict: 'inconclusive',
    reason: `${judgement.reason}; other programs had the cores ${share} % of the time`,
  };
}
