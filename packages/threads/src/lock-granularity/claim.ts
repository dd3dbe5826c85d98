import { allHold, counted, defineClaim, describeFigure, judgeBounds, sampled } from '@cookbook/lab/claim';
import type { Bound, Context, Evidence, Figure } from '@cookbook/lab/claim';
import { isSettled, judgeParallel, measureSpeedup, speedupFigures } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import { tableLanes } from './proof/table-lanes.ts';
import type { TableOptions } from './proof/table-lanes.ts';
import type { Grain } from './recipe.ts';

const THREADS = 2;
const TOGETHER = { least: THREADS };
const ALONE = { most: 1 };

/** Enough for each thread to come in beside the other several times, were it let. */
const UNITS = 8;
/** ms for each speedup: on a busy host more trials would not make it quiet. */
const TIME_LIMIT_MS = 1_500;

interface GranularityEvidence extends Evidence {
  readonly row: Speedup;
}

export default defineClaim<GranularityEvidence>({
  id: 'threads/lock-granularity',
  says: 'The granularity of locking is a choice that matters.',
  from: ['QA'],
  answer:
    'One lock for a table makes two workers take turns; a lock a row, or 16 for all rows, lets them work at once, except where both want the same row.',

  async measure(context: Context) {
    const unit = calibrate();
    const short = { ...unit, repeats: Math.ceil(unit.repeats / 4) };
    const limited = { signal: context.signal, budget: Math.min(context.budget, TIME_LIMIT_MS) };
    const speedup = (grain: Grain) =>
      measureSpeedup({
        open: (count) => tableLanes(count, grain),
        lanes: THREADS,
        unit,
        context: limited,
        trials: [3, 10],
        enough: isSettled,
      });
    const table = await speedup('table');
    const row = await speedup('row');
    const atOnce = async (name: string, bound: Bound, grain: Grain, options: TableOptions): Promise<Figure> => {
      context.signal.throwIfAborted();
      return counted(`${name}: most at work at once`, await mostAtOnce(grain, short, options), 'threads', bound);
    };

    const gain = sampled('potential throughput, a lock a row / one for the table', gains(row, table), 'x');
    return {
      row,
      headline: describeFigure(gain),
      figures: [
        ...speedupFigures(row, 'a lock a row', 'parallel'),
        speedupFigures(table, 'one lock for the table')[0]!,
        gain,
        await atOnce('a lock a row', TOGETHER, 'row', { meeting: true }),
        await atOnce('16 locks for all rows', TOGETHER, 'group', { meeting: true }),
        await atOnce('one lock for the table', ALONE, 'table', {}),
        await atOnce('a lock a row, both want one row', ALONE, 'row', { only: 0 }),
      ],
      notes: [
        `${THREADS} threads change one row of 256 after another, about 55 ms of computing under the lock each time.`,
        'Who takes turns is judged by the count of who was at work at once, not by the clock.',
      ],
    };
  },

  judge({ row, figures }) {
    const counts = figures.filter(({ unit }) => unit === 'threads');
    return allHold([judgeBounds({ figures: counts }), judgeParallel(row)]);
  },
});

async function mostAtOnce(grain: Grain, unit: Unit, options: TableOptions): Promise<number> {
  const lanes = tableLanes(THREADS, grain, options);
  try {
    await lanes.run(Array.from({ length: UNITS }, () => unit));
    return lanes.mostAtOnce();
  } finally {
    await lanes.close();
  }
}

/**
 * Trial by trial, what finer locks can do over what the one lock can; as observed where the potential is not known. The
 * one lock counts for 1 at least: under it, a neighbour that takes the holder's core holds up everybody, which is no
 * merit of the finer locks.
 */
function gains({ trials }: Speedup, coarse: Speedup): number[] {
  return coarse.trials.slice(0, trials.length).map((trial, n) => {
    const fine = trials[n]!;
    const known = fine.potential !== undefined && trial.potential !== undefined;
    return known ? fine.potential / Math.max(1, trial.potential) : fine.observed / trial.observed;
  });
}
