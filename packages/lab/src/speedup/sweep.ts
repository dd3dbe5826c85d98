// The speedup of a mechanism over the number of its lanes: 1, 2, 4 ... up to the usable cores, and once beyond.

import type { Context } from '../claim/claim.ts';
import type { Finding } from '../claim/finding.ts';
import { medianInterval } from '../claim/interval.ts';
import type { LinePlot, PlotSeries } from '../claim/plot.ts';
import { usableCores } from '../host/host.ts';
import type { OpenLanes } from './lane.ts';
import { warmUp } from './trial.ts';
import { measureSpeedup } from './speedup.ts';
import type { Speedup } from './speedup.ts';
import { parallel, speedupFigures } from './parallel.ts';
import { isSettled, tellingTrials } from './verdict.ts';
import { calibrate } from '../task/workload.ts';
import type { Unit } from '../task/workload.ts';

export interface Sweep {
  /** In the order of their lanes. */
  readonly speedups: readonly Speedup[];
  /** The one that is judged: as many lanes as cores, two on a single core. */
  readonly judged: Speedup;
}

export interface SweepOptions {
  readonly open: OpenLanes;
  readonly context: Context;
  readonly unit?: Unit;
}

/** Measures the sweep: the judged number of lanes until its verdict is settled, the others, which are only shown, with one trial. */
export async function measureSweep({ open, context, unit = calibrate() }: SweepOptions): Promise<Sweep> {
  const judgedLanes = Math.max(2, usableCores());
  const one = await open(1); // for all of them
  try {
    await warmUp(one, 1, unit);
    const judged = await measureSpeedup({ open, one, lanes: judgedLanes, unit, context, enough: isSettled });
    const speedups: Speedup[] = [];
    for (const lanes of laneCounts(usableCores())) {
      const shown = { open, one, lanes, unit, context, trials: [1, 1], unitsAlone: 1 } as const;
      speedups.push(lanes === judgedLanes ? judged : await measureSpeedup(shown));
    }
    return { speedups, judged };
  } finally {
    await one.close();
  }
}

/** 1, 2, 4 ... below `cores`, `cores` itself, and twice as many; 1 and 2 on a single core. */
export function laneCounts(cores: number): number[] {
  const powers = Array.from({ length: Math.ceil(Math.log2(cores)) }, (_, power) => 2 ** power);
  return [...powers, cores, 2 * cores];
}

/**
 * A sweep whose judged number of lanes, as many as cores, runs in parallel; of the other numbers it shows what was measured.
 * The figures are `KEY-potential` and `KEY-observed` for the judged number, `KEY-4-observed` and so on for the others.
 *
 * @param lane names one lane: 'thread'
 * @param words as for `parallel`
 */
export function parallelSweep(
  key: string,
  lane: string,
  { speedups, judged }: Sweep,
  words?: string,
  plural = `${lane}s`,
): Finding {
  const label = ({ lanes }: Speedup): string => `${lanes} ${lanes === 1 ? lane : plural}`;
  const finding = parallel(key, label(judged), judged, words);
  const others = speedups.filter((speedup) => speedup !== judged);
  const shown = others.flatMap((speedup) => speedupFigures(speedup, `${key}-${speedup.lanes}`, label(speedup)));
  return { ...finding, figures: [...finding.figures, ...shown] };
}

/** Speedup against lanes: potential up to the cores, observed, and the most that the cores allow. */
export function sweepPlot(title: string, lane: string, { speedups }: Sweep): LinePlot {
  const sorted = speedups.toSorted((a, b) => a.lanes - b.lanes);
  const series = (name: string, of: 'potential' | 'observed'): PlotSeries => ({
    name,
    points: sorted.flatMap(({ lanes, cores, trials }) => {
      if (of === 'potential' && lanes > cores) return []; // they never ran at once
      const samples = tellingTrials(trials).flatMap((trial) => trial[of] ?? []);
      if (samples.length === 0) return [];
      const { median, low, high } = medianInterval(samples);
      return [{ x: lanes, y: median, low, high }];
    }),
  });
  const ceiling = sorted.map(({ lanes, cores }) => ({ x: lanes, y: Math.min(lanes, cores) }));
  return {
    kind: 'lines',
    title,
    x: { label: lane, unit: 'count', scale: 'log' },
    y: { label: 'speedup', unit: 'x', scale: 'linear' },
    series: [
      series('potential speedup', 'potential'),
      series('observed speedup', 'observed'),
      { name: 'as many as cores', limit: true, points: ceiling },
    ].filter(({ points }) => points.length > 0),
  };
}
