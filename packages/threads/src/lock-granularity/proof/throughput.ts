// What two threads get done under one lock or under many, and how many of them were at work at once.

import { counted, exactly, sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { within } from '@cookbook/lab/race';
import { measureParallel, speedupFigures } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import type { Grain } from '../recipe.ts';
import { tableLanes } from './table-lanes.ts';
import type { TableOptions } from './table-lanes.ts';

const THREADS = 2;
/** ms for each speedup: on a busy host more trials would not make it quiet. */
const TIME_LIMIT_MS = 1_500;
/** How long threads wait under their locks for others that may come in, and for others that may not, ms. */
const TOGETHER_MS = 5_000;
const ALONE_MS = 500;
/** Under a lock that is never given back the threads would sleep for ever, ms. */
const TIME_LIMIT_AT_WORK_MS = 20_000;

/** What was held constant. */
export const NOTES: readonly string[] = [
  `${THREADS} threads change one row of 256 after another, about 55 ms of computing under the lock each time.`,
  'Threads that take turns are judged by the count of those at work at once, not by the clock.',
  'To be counted, each waits under its lock for the others.',
];

/** The speedup of two threads whose rows have one lock, or many. */
export function speedupUnder(grain: Grain, { signal, budget }: Context): Promise<Speedup> {
  return measureParallel({
    open: (count) => tableLanes(count, grain),
    lanes: THREADS,
    context: { signal, budget: Math.min(budget, TIME_LIMIT_MS) },
    trials: [3, 10],
  });
}

/** The throughput under one lock for the table, and what a lock a row can do over it. */
export function gainFigures(row: Speedup, table: Speedup): Figure[] {
  return [
    speedupFigures(table, 'table', 'one lock for the table')[0]!,
    sampled('gain', 'potential throughput, a lock a row / one for the table', gains(row, table), 'x'),
  ];
}

/**
 * Trial by trial, what finer locks can do over what the one lock can; as observed where the potential is not known. The
 * one lock counts for 1 at least: under it, a neighbour that takes the holder's core holds up both threads, which is no
 * merit of the finer locks.
 */
function gains({ trials }: Speedup, coarse: Speedup): number[] {
  return coarse.trials.slice(0, trials.length).map((trial, n) => {
    const fine = trials[n]!;
    const known = fine.potential !== undefined && trial.potential !== undefined;
    return known ? fine.potential / Math.max(1, trial.potential) : fine.observed / trial.observed;
  });
}

/**
 * The most threads that were at work at once, by what the locks cover and what they want. Those that can be at work together
 * meet under their locks, however long that takes on this machine; those that cannot give up.
 */
export async function atWork({ signal }: Context): Promise<Figure[]> {
  const unit = calibrate();
  const short = { ...unit, repeats: Math.ceil(unit.repeats / 4) };
  const most = async (
    key: string,
    name: string,
    expected: number,
    grain: Grain,
    options: TableOptions,
    threads = 2,
  ) => {
    signal.throwIfAborted();
    const count = await mostAtOnce(grain, short, threads, options);
    return counted(key, `${name}: most at work at once`, count, `of ${threads} threads`, exactly(expected));
  };
  const [together, alone] = [{ meetingMs: TOGETHER_MS }, { meetingMs: ALONE_MS }];
  return [
    await most('row-at-work', 'a lock a row', THREADS, 'row', together),
    await most('group-at-work', '16 locks for all rows', 16, 'group', together, 16),
    await most('table-at-work', 'one lock for the table', 1, 'table', alone),
    await most('same-row-at-work', 'a lock a row, both want one row', 1, 'row', { ...alone, only: 0 }),
  ];
}

async function mostAtOnce(grain: Grain, unit: Unit, threads: number, options: TableOptions): Promise<number> {
  const lanes = tableLanes(threads, grain, options);
  const units = Array.from({ length: threads }, () => unit);
  const run = async (): Promise<void> => void (await within(lanes.run(units), TIME_LIMIT_AT_WORK_MS, 'the changes'));
  try {
    await run(); // all of them are there
    await run();
    return lanes.mostAtOnce();
  } finally {
    await lanes.close();
  }
}
