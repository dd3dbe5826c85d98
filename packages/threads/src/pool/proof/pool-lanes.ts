// A pool as lanes of the lab: so many units at once.

import { unitTask } from '@cookbook/lab/speedup';
import type { Lanes } from '@cookbook/lab/speedup';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { openPool } from '../recipe.ts';

/** How a list of units is given to a pool: all at once unless told otherwise. */
export type HandOut = (units: readonly Unit[], run: (unit: Unit) => Promise<LaneReport>) => Promise<LaneReport[]>;

const allAtOnce: HandOut = (units, run) => Promise.all(units.map(run));

export function poolLanes(count: number, handOut: HandOut = allAtOnce): Lanes {
  const pool = openPool<Unit, LaneReport>(unitTask, { threads: count, maxQueue: count });
  return { run: (units) => handOut(units, (unit) => pool.run(unit)), close: () => pool.close() };
}
