// A pool as lanes of the lab: so many units at once.

import { unitTask } from '@cookbook/lab/speedup';
import type { Lanes } from '@cookbook/lab/speedup';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { openPool, runAll } from '../recipe.ts';

/** How a list of units is given to a pool. */
export type HandOut = (units: readonly Unit[], run: (unit: Unit) => Promise<LaneReport>) => Promise<LaneReport[]>;

/** Lanes of a pool of `count` threads, which gets all units at once where `handOut` does not say otherwise. */
export function poolLanes(count: number, handOut?: HandOut): Lanes {
  const pool = openPool<Unit, LaneReport>(unitTask, count);
  return {
    run: (units) => (handOut ? handOut(units, (unit) => pool.run(unit)) : runAll(pool, units)),
    close: () => pool.destroy(),
  };
}
