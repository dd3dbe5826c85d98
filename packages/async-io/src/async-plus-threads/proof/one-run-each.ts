// Each of the four strategies run once by the clock, and the pipeline of both over many documents.

import { counted, exactly, formatNumber } from '@cookbook/lab/claim';
import type { Figure, LinePlot } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import type { Archive } from './archive.ts';
import type { Score } from '../score-task.ts';
import { Held, openStrategies } from './strategies.ts';
import type { Strategy } from './strategies.ts';

const DOCUMENTS = 200;
export const DIFFERENT = 20;
/** Of each strategy, to show what it takes by the clock. */
const SHOWN = 20;
export const LIMIT = 16;
/** As the claim says, however many cores there are. */
export const THREADS = 2;

export interface Run {
  readonly strategy: Strategy;
  readonly held: Held;
  /** Whether the scores were those of the first strategy. */
  readonly same: boolean;
}

export interface Runs {
  readonly runs: readonly Run[];
  /** Async and threads over `DOCUMENTS`, and how many of them were scored right. */
  readonly large: { readonly held: Held; readonly right: number };
}

/** Each strategy over `SHOWN` documents, in turn, and both together over `DOCUMENTS`; after a short run of each that is not counted. */
export async function runStrategies(archive: Archive, signal: AbortSignal): Promise<Runs> {
  const opened = openStrategies(archive, THREADS, LIMIT);
  const { strategies } = opened;
  try {
    for (const run of Object.values(strategies)) await run(numbersTo(2 * THREADS), new Held()); // compiles the code of all threads
    const runs: Run[] = [];
    let expected: Score[] | undefined;
    for (const [strategy, run] of Object.entries(strategies)) {
      signal.throwIfAborted();
      const held = new Held();
      const scores = await run(numbersTo(SHOWN), held);
      expected ??= scores;
      runs.push({ strategy: strategy as Strategy, held, same: isSame(scores, expected) });
    }
    signal.throwIfAborted();
    const held = new Held();
    const scores = await strategies['async and threads'](numbersTo(DOCUMENTS), held);
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

/** Whether the scores are right, and how many documents were in memory. */
export function scoreFigures({ runs, large }: Runs): Figure[] {
  const same = runs.filter((run) => run.same).length;
  const held = { least: LIMIT, most: 2 * LIMIT };
  return [
    counted('held', `of ${DOCUMENTS} documents, most in memory at once`, large.held.most, 'documents', held),
    counted('right', `of ${DOCUMENTS} documents, scored right`, large.right, 'documents', { least: DOCUMENTS }),
    counted('threads', 'threads that scored them', large.held.lanes.size, 'threads', exactly(THREADS)),
    counted('same', 'strategies that came to the same scores', same, 'strategies', { least: runs.length }),
  ];
}

/** When the last document was done, ms from the start. */
function lastOf({ done }: Held): number {
  return done.at(-1)!;
}

/** What each took by the clock, ms. */
export function timeFigures({ runs, large }: Runs): Figure[] {
  return [
    ...runs.map(({ strategy, held }) =>
      counted(`ms-${strategy.replaceAll(' ', '-')}`, `${SHOWN} documents, ${strategy}`, lastOf(held), 'ms'),
    ),
    counted('ms-many', `${DOCUMENTS} documents, async and threads`, lastOf(large.held), 'ms'),
  ];
}

/** How long each strategy took, as a table with bars. */
export function drawRuns(runs: readonly Run[]): string {
  const slowest = Math.max(...runs.map(({ held }) => lastOf(held)));
  const rows = runs.map((run) => ({
    [`${SHOWN} documents`]: run.strategy,
    ms: formatNumber(lastOf(run.held)),
    '': '█'.repeat(Math.max(1, Math.round((40 * lastOf(run.held)) / slowest))),
  }));
  return asNote(table(rows, ['ms']).split('\n'));
}

export function plotRuns(runs: readonly Run[]): LinePlot {
  return {
    kind: 'lines',
    title: 'Documents done over time',
    x: { label: 'time', unit: 'ms', scale: 'linear' },
    y: { label: 'documents done', unit: 'count', scale: 'linear' },
    series: runs.map(({ strategy, held }) => ({
      name: strategy,
      points: held.done.map((at, index) => ({ x: Number(at.toFixed(1)), y: index + 1 })),
    })),
  };
}
