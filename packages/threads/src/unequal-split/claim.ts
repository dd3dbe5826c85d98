import { allHold, defineClaim, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure, Judgement } from '@cookbook/lab/claim';
import { isSettled, judgeParallel, measureSpeedup, speedupFigures } from '@cookbook/lab/speedup';
import type { OpenLanes, Speedup } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { openThreads } from '../cpu-scaling/recipe.ts';
import { closePairs } from './proof/pairs-task.ts';
import type { PairsReport } from './proof/pairs-task.ts';
import { speedupBound, splitByCost, splitByCount, stripes } from './recipe.ts';
import type { Part } from './recipe.ts';

const THREADS = 2;
/** All rows on one thread. */
const WORK_MS = 80;
/** Work that gets dearer beside other work, by more than this, says nothing about a split. */
const MOST_INFLATION = 1.1;
const LEAST_TRIALS = 3;

interface SplitEvidence extends Evidence {
  readonly met: Figure | undefined;
  readonly byCost: Speedup;
  readonly striped: Speedup;
}

export default defineClaim<SplitEvidence>({
  id: 'threads/unequal-split',
  says: 'N threads on N parts are N times as fast.',
  from: ['ours'],
  answer:
    'The largest part bounds the speedup, and the bound is met: 1.33x for two halves of which one has three quarters of the work, 2x where they cost the same.',

  async measure(context: Context) {
    const rows = calibrateRows();
    const expected = closePairs({ from: 0, to: rows, step: 1 });
    const unit = calibrate(); // what the lab's own gauge runs
    const speedup = (parts: readonly Part[]): Promise<Speedup> =>
      measureSpeedup({
        open: lanesOver(parts, expected),
        lanes: THREADS,
        unit,
        context,
        enough: isSettled,
        trials: [LEAST_TRIALS + 1, 8],
      });
    const halves = splitByCount(rows, THREADS);
    const bound = Number(speedupBound(halves).toFixed(3));
    const byCount = await measureSpeedup({
      open: lanesOver(halves, expected),
      lanes: THREADS,
      unit,
      context,
      trials: [5, 5],
    });
    const [byCost, striped] = [await speedup(splitByCost(rows, THREADS)), await speedup(stripes(rows, THREADS))];
    const telling = byCount.trials.filter(({ inflation }) => inflation <= MOST_INFLATION);
    const met =
      telling.length < LEAST_TRIALS
        ? undefined
        : sampled(
            'speedup of halves by count / its bound',
            telling.map(({ potential, observed }) => (potential ?? observed) / bound),
            'x',
            { least: 0.8, most: 1.25 },
          );
    const figures = [
      ...speedupFigures(byCount, `${THREADS} halves by count, bound ${bound}x`),
      ...speedupFigures(byCost, `${THREADS} halves by cost`, 'parallel'),
      ...speedupFigures(striped, `${THREADS} stripes`, 'parallel'),
    ];
    const x = (n: number): string => `${figures[n]!.median.toFixed(2)}x`;
    const each = figures.length / 3;
    return {
      met,
      byCost,
      striped,
      headline: `halves by count ${x(0)} of ${bound}x that they allow, by cost ${x(each)}, in stripes ${x(2 * each)}`,
      figures: met ? [met, ...figures] : figures,
    };
  },

  judge: ({ met, byCost, striped }) => allHold([judgeMet(met), judgeParallel(byCost), judgeParallel(striped)]),
});

function judgeMet(met: Figure | undefined): Judgement {
  if (met !== undefined) return judgeIntervals([met]);
  return {
    verdict: 'cannot-show',
    reason: 'work side by side takes more CPU time on this host, so a split shows nothing',
  };
}

/** Lanes on which a trial is the whole split; checks the answer. Shorter runs, to warm up, take the first part. */
function lanesOver(parts: readonly Part[], expected: number): OpenLanes {
  return (count) => {
    const threads = openThreads<Part, PairsReport>(new URL('./proof/pairs-task.ts', import.meta.url), count);
    return {
      async run(units) {
        const whole = units.length === THREADS;
        const reports = await threads.run(whole ? parts : parts.slice(0, units.length));
        const pairs = reports.reduce((sum, report) => sum + report.pairs, 0);
        if (whole && pairs !== expected) throw new Error(`Expected ${expected} close pairs, got ${pairs}`);
        return reports;
      },
      close: () => threads.close(),
    };
  };
}

/** So many rows that comparing all of them takes about WORK_MS here; the quickest of some runs counts. */
function calibrateRows(): number {
  const tried = 3_000;
  let quickest = Infinity;
  for (let run = 0; run < 6; run++) {
    const start = performance.now();
    closePairs({ from: 0, to: tried, step: 1 });
    quickest = Math.min(quickest, performance.now() - start);
  }
  return Math.round(tried * Math.sqrt(WORK_MS / quickest)); // the cost grows with the square
}
