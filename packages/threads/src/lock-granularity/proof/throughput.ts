// What two threads get done under one lock or under many, and how many of them were at work at once.

import { counted, sampled } from '@cookbook/lab/claim';
import type { Bound, Context, Figure } from '@cookbook/lab/claim';
import { measureParallel, speedupFigures } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import type { Grain } from '../recipe.ts';
import { tableLanes } from './table-lanes.ts';
import type { TableOptions } from './table-lanes.ts';

const THREADS = 2;
/** Enough for each thread to come in beside the other several times, if the lock let it. */
const UNITS = 8;
/** ms for each speedup: on a busy host more trials would not make it quiet. */
const TIME_LIMIT_MS = 1_500;

/** What was held constant. */
export const NOTES: readonly string[] = [
  `${THREADS} threads change one row of 256 after another, about 55 ms of computing under the lock each time.`,
  'Threads that take turns are judged by the count of those at work at once, not by the clock.',
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

/** The most of the two threads that were at work at once, by what the locks cover and what both want. */
export async function atWork({ signal }: Context): Promise<Figure[]> {
  const unit = calibrate();
  const short = { ...unit, repeats: Math.ceil(unit.repeats / 4) };
  const most = async (key: string, name: string, bound: Bound, grain: Grain, options: TableOptions) => {
    signal.throwIfAborted();
    const count = await mostAtOnce(grain, short, options);
    return counted(key, `${name}: most at work at once`, count, 'threads', bound);
  };
  const [alone, together] = [{ most: 1 }, { least: THREADS }];
  return [
    await most('row-at-work', 'a lock a row', together, 'row', { meeting: true }),
    await most('group-at-work', '16 locks for all rows', together, 'group', { meeting: true }),
    await most('table-at-work', 'one lock for the table', alone, 'table', {}),
    await most('same-row-at-work', 'a lock a row, both want one row', alone, 'row', { only: 0 }),
  ];
}

async function mostAtOnce(grain: Grain, unit: Unit, options: TableOptions): Promise<number> {
  const lanes = tableLanes(THREADS, grain, options);
  try {
    await lanes.run(Array.from({ length: UNITS }, () => unit));
    return lanes.mostAtOnce();
  } finally {
    await lanes.close();
  }
}
