// Data for drawings of what was measured, for a reader that draws more than text: curves, and the load of cores.

import type { CoreSample } from '../host/cores.ts';
import { medianInterval } from './interval.ts';
import type { Sweep } from '../speedup/sweep.ts';
import { tellingTrials } from '../speedup/parallel.ts';

export type Plot = LinePlot | CoresPlot;

/** Curves over one quantity: a sweep. */
export interface LinePlot {
  readonly kind: 'lines';
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly PlotSeries[];
}

export interface Axis {
  readonly label: string;
  /** 'x' for a ratio, 'ms', 'count' ... */
  readonly unit: string;
  readonly scale: 'linear' | 'log';
}

export interface PlotSeries {
  readonly name: string;
  /** What the host or the arithmetic allows, rather than what was measured. */
  readonly limit?: boolean;
  /** In the order of `x`; the interval of `y` where it has one. */
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly low?: number;
    readonly high?: number;
  }[];
}

/** The load of every core over time, a row for each mechanism that was watched. */
export interface CoresPlot {
  readonly kind: 'cores';
  readonly title: string;
  readonly rows: readonly {
    readonly name: string;
    /** `at` in ms since the mechanism started, `loads` from 0 to 1 for each core. */
    readonly samples: readonly CoreSample[];
  }[];
}

/** Speedup against lanes: potential, observed, and the most that the cores allow. */
export function sweepPlot(title: string, lane: string, { speedups }: Sweep): LinePlot {
  const sorted = speedups.toSorted((a, b) => a.lanes - b.lanes);
  const series = (name: string, of: 'potential' | 'observed'): PlotSeries => ({
    name,
    points: sorted.flatMap(({ lanes, trials }) => {
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

/** The rows with their times counted from the start of each, rounded to what the clocks of cores can tell. */
export function coresPlot(
  title: string,
  rows: readonly { name: string; start: number; samples: readonly CoreSample[] }[],
): CoresPlot {
  return {
    kind: 'cores',
    title,
    rows: rows.map(({ name, start, samples }) => ({
      name,
      samples: samples.map(({ at, loads }) => ({
        at: Math.round(at - start),
        loads: loads.map((load) => Number(load.toFixed(2))),
      })),
    })),
  };
}
