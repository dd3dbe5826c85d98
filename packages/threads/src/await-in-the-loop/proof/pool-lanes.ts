// A pool of threads as lanes of the lab, and how it is given a list.

import { Piscina } from 'piscina';
import { unitTask } from '@cookbook/lab/speedup';
import type { Lanes } from '@cookbook/lab/speedup';
import type { LaneReport, Unit } from '@cookbook/lab/task';

/** Runs the pool's task on all units. */
export type RunAll = (units: readonly Unit[], run: (unit: Unit) => Promise<LaneReport>) => Promise<LaneReport[]>;

export function poolLanes(count: number, runAll: RunAll): Lanes {
  const pool = new Piscina<Unit, LaneReport>({
    filename: unitTask.href,
    minThreads: count,
    maxThreads: count,
    execArgv: [],
  });
  return { run: (units) => runAll(units, (unit) => pool.run(unit)), close: () => pool.destroy() };
}
