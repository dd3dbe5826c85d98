// Splits of one piece of work over two threads, and how much faster each makes it.

import { allHold, counted, judgeBounds, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, Finding } from '@cookbook/lab/claim';
import { measureParallel, measureSpeedup, speedupFigures } from '@cookbook/lab/speedup';
import type { OpenLanes, Speedup } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import { speedupBound, splitByCost, splitByCount, stripes } from '../recipe.ts';
import type { Part } from '../recipe.ts';
import { closePairs } from './pairs-task.ts';
import type { PairsReport } from './pairs-task.ts';

const THREADS = 2;
/** All rows on one thread. */
const WORK_MS = 80;
/** Work that takes more CPU time beside other work, by more than this, says nothing about a split. */
const MOST_INFLATION = 1.1;
const LEAST_TRIALS = 3;

/** The same rows in two halves of the same number, in two of the same cost, and in two stripes. */
export interface Splits {
  readonly byCount: Speedup;
  /** The most that the halves by count allow. */
  readonly bound: number;
  /** The least of what the other two allow. */
  readonly equalBound: number;
  readonly byCost: Speedup;
  readonly striped: Speedup;
}

export async function measureSplits(context: Context): Promise<Splits> {
  const rows = calibrateRows();
  const expected = closePairs({ from: 0, to: rows, step: 1 });
  const unit = calibrate(); // what the lab's own gauge runs
  const options = (parts: readonly Part[]) => ({ open: lanesOver(parts, expected), lanes: THREADS, unit, context });
  const [halves, byCost, striped] = [splitByCount, splitByCost, stripes].map((split) => split(rows, THREADS));
  return {
    bound: Number(speedupBound(halves!).toFixed(3)),
    equalBound: Number(Math.min(speedupBound(byCost!), speedupBound(striped!)).toFixed(3)),
    byCount: await measureSpeedup({ ...options(halves!), trials: [5, 5] }),
    byCost: await measureParallel({ ...options(byCost!), trials: [LEAST_TRIALS + 1, 8] }),
    striped: await measureParallel({ ...options(striped!), trials: [LEAST_TRIALS + 1, 8] }),
  };
}

/** Halves by count: whether they reach what they allow, and no more. */
export function boundFinding(words: string, { byCount, bound, equalBound }: Splits): Finding {
  const allowed = [
    counted('bound', 'the most that halves by count allow', bound, 'x', { least: 1.32, most: 1.35 }),
    counted('equal-bound', 'the most that halves of one cost, and stripes, allow', equalBound, 'x', { least: 1.95 }),
  ];
  const shown = speedupFigures(byCount, 'by-count', `${THREADS} halves by count`);
  const telling = byCount.trials.filter(({ inflation }) => inflation <= MOST_INFLATION);
  if (telling.length < LEAST_TRIALS) {
    const reason = 'work side by side takes more CPU time on this host, so a split shows nothing';
    const judgement = allHold([judgeBounds(allowed), { verdict: 'cannot-show', reason }]);
    return { figures: [...allowed, ...shown], judgement };
  }
  const reached = telling.map(({ potential, observed }) => potential ?? observed);
  const met: Figure = sampled(
    'met',
    'speedup of halves by count / the most that they allow',
    reached.map((speedup) => speedup / bound),
    'x',
    { least: 0.8, most: 1.25 },
  );
  return {
    figures: [met, ...allowed, sampled('reached', 'speedup of halves by count', reached, 'x'), ...shown],
    judgement: allHold([judgeBounds(allowed), judgeIntervals([met])]),
    words,
  };
}

/** Lanes on which a trial is the whole split; checks the answer. Shorter runs, to warm up, take the first part. */
function lanesOver(parts: readonly Part[], expected: number): OpenLanes {
  return (count) => {
    const threads = openThreads<Part, PairsReport>(new URL('./pairs-task.ts', import.meta.url), count);
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
