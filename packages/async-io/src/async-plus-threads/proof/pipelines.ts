// The archive, and everything that is measured of it.

import { median } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { isSettled, measureSpeedup } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { openArchive } from './archive.ts';
import type { Archive } from './archive.ts';
import { bytesForScore } from './document-size.ts';
import { pipelineLanes, unitOf } from './lanes.ts';
import { DIFFERENT, drawRuns, LIMIT, runStrategies, THREADS } from './one-run-each.ts';
import type { Run, Runs } from './one-run-each.ts';
import { leastOf, potentialsOf } from './speedup.ts';

const DELAY_MS = 20;
const SCORE_MS = 15;
/** Enough for the first download, in which nothing can be computed yet, to be a small part of a trial. */
const DOCUMENTS_OF_UNIT = 16;

export interface Measured extends Runs {
  readonly both: Speedup;
  readonly threadsAlone: Speedup;
}

export async function measurePipelines(context: Context): Promise<Measured> {
  const { signal } = context;
  const archive = await openArchive({ documents: DIFFERENT, bytes: bytesForScore(SCORE_MS), delay: DELAY_MS }, signal);
  try {
    return { ...(await runStrategies(archive, signal)), ...(await measureSpeedups(archive, context)) };
  } finally {
    await archive.close();
  }
}

/** Both are over async alone. */
async function measureSpeedups(archive: Archive, context: Context): Promise<Omit<Measured, keyof Runs>> {
  const { unit, perDocument } = unitOf(DOCUMENTS_OF_UNIT, SCORE_MS);
  const options = { archive, limit: LIMIT, firstWait: DELAY_MS, perDocument };
  const both = await measureSpeedup({
    open: pipelineLanes({ ...options, several: 'async and threads' }),
    lanes: THREADS,
    unit,
    context,
    trials: [5, 10],
    enough: (speedup) => isSettled(speedup) && median(potentialsOf(speedup)) >= leastOf(speedup),
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

export function describePipelines(runs: readonly Run[]): string[] {
  return [
    drawRuns(runs),
    `A document is ${DELAY_MS} ms away and takes about ${SCORE_MS} ms of CPU time to unpack and score; ${LIMIT} downloads at once, ${THREADS} threads.`,
    'The potential speedup leaves out the time for which other programs had the cores; the times above have it in.',
  ];
}
