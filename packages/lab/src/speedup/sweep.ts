// The speedup of a mechanism over the number of its lanes: 1, 2, 4 ... up to the usable cores, and once beyond.

import type { Context, Figure, Judgement } from '../claim/claim.ts';
import { usableCores } from '../host/host.ts';
import type { OpenLanes } from './lane.ts';
import { warmUp } from './trial.ts';
import { measureSpeedup } from './speedup.ts';
import type { Speedup } from './speedup.ts';
import { isSettled, judgeParallel, speedupFigures } from './parallel.ts';
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
      const shown = { open, one, lanes, unit, context, trials: [1, 1], unitsAlone: 1, gauged: false } as const;
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

export function judgeSweep({ judged }: Sweep): Judgement {
  return judgeParallel(judged);
}

/** Potential and observed speedup of every number of lanes; the judged one first, with its bound. */
export function sweepFigures({ speedups, judged }: Sweep, lane: string, plural = `${lane}s`): Figure[] {
  const label = ({ lanes }: Speedup): string => `${lanes} ${lanes === 1 ? lane : plural}`;
  return [
    ...speedupFigures(judged, label(judged), 'parallel'),
    ...speedups.filter((speedup) => speedup !== judged).flatMap((speedup) => speedupFigures(speedup, label(speedup))),
  ];
}
