// The four ways, each run once for a look at the clock, and the pipeline of both run for long.

import { formatNumber } from '@cookbook/lab/claim';
import type { LinePlot } from '@cookbook/lab/claim';
import { table } from '@cookbook/lab/show';
import type { Archive } from './archive.ts';
import type { Score } from '../score.ts';
import { Held, openWays } from './strategies.ts';
import type { Way } from './strategies.ts';

export const DOCUMENTS = 200;
export const DIFFERENT = 20;
/** Of each way, to show what it takes on the clock. */
export const SHOWN = 20;
export const LIMIT = 16;
/** As the claim says, however many cores there are. */
export const THREADS = 2;

export interface WayRun {
  readonly way: Way;
  readonly held: Held;
  /** Whether the scores were those of the first way. */
  readonly same: boolean;
}

/** Each way over `SHOWN` documents, in turn, and both together over `DOCUMENTS`; after a short run of each that is not counted. */
export async function runWays(archive: Archive, signal: AbortSignal) {
  const opened = openWays(archive, THREADS, LIMIT);
  const { ways } = opened;
  try {
    for (const run of Object.values(ways)) await run(numbersTo(2 * THREADS), new Held()); // compiles the code of all threads
    const runs: WayRun[] = [];
    let expected: Score[] | undefined;
    for (const [way, run] of Object.entries(ways)) {
      signal.throwIfAborted();
      const held = new Held();
      const scores = await run(numbersTo(SHOWN), held);
      expected ??= scores;
      runs.push({ way: way as Way, held, same: isSame(scores, expected) });
    }
    signal.throwIfAborted();
    const held = new Held();
    const scores = await ways['async and threads'](numbersTo(DOCUMENTS), held);
    const right = scores.filter((score, number) => isSame([score], [expected![number % DIFFERENT]!])).length;
    return { runs, large: { held, right } };
  } finally {
    await opened.close();
  }
}

function numbersTo(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

function isSame(scores: readonly Score[], expected: readonly Score[]): boolean {
  return JSON.stringify(scores) === JSON.stringify(expected);
}

/** How long each way took, as a table with bars. */
export function drawRuns(runs: readonly WayRun[]): string[] {
  const last = ({ held }: WayRun): number => held.done.at(-1)!;
  const slowest = Math.max(...runs.map(last));
  const rows = runs.map((run) => ({
    [`${SHOWN} documents`]: run.way,
    ms: formatNumber(last(run)),
    '': '█'.repeat(Math.max(1, Math.round((40 * last(run)) / slowest))),
  }));
  return table(rows, ['ms']).split('\n');
}

export function plotRuns(runs: readonly WayRun[]): LinePlot {
  return {
    kind: 'lines',
    title: 'Documents done over time',
    x: { label: 'time', unit: 'ms', scale: 'linear' },
    y: { label: 'documents done', unit: 'count', scale: 'linear' },
    series: runs.map(({ way, held }) => ({
      name: way,
      points: held.done.map((at, index) => ({ x: Number(at.toFixed(1)), y: index + 1 })),
    })),
  };
}
