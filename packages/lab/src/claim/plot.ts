// Data for drawings of what was measured, for a reader that draws more than text: curves, and the load of cores.

/** The load of every core between the previous sample and this one. */
export interface CoreSample {
  /** When it was taken: ms on the clock that all processes share. */
  readonly at: number;
  /** 0 to 1 for each logical core of the machine, in the system's order; empty where the system does not say. */
  readonly loads: readonly number[];
}

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
