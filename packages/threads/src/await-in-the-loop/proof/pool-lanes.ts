// A pool of threads as lanes of the lab, and how it is given a list.

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
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

/** More than there are lanes on any machine. */
const TASKS = 200;

/** The most tasks that a way of giving a list to a pool has in flight at once: exactly `expected`. */
export async function inFlight(
  key: string,
  name: string,
  expected: number,
  runAll: (inputs: readonly number[], run: (input: number) => Promise<number>) => Promise<number[]>,
): Promise<Figure> {
  let [now, most] = [0, 0];
  const run = async (input: number): Promise<number> => {
    most = Math.max(most, ++now);
    await turnOfTheLoop();
    now--;
    return input;
  };
  const inputs = Array.from({ length: Math.max(TASKS, 2 * expected) }, (_, n) => n);
  const outputs = await runAll(inputs, run);
  if (outputs.join() !== inputs.join()) throw new Error('Expected the outputs to be in the order of the inputs');
  return counted(key, `${name}: most tasks in flight`, most, 'tasks', exactly(expected));
}
