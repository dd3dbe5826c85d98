// What a task that does nothing costs: through the pool, and by bare messages to a forked process.

import { sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { timed } from '@cookbook/lab/task';
import { openProcesses } from '../../cpu-scaling/recipe.ts';
import { openPool } from '../recipe.ts';

const NOOP = new URL('../../proof/noop-task.ts', import.meta.url);
const TASKS = 300;

/** As many bare messages as a task of the pool may cost. */
const MOST_COST = 3;

/** 300 tasks one after the other in one process: what one costs in us, and in bare messages. */
export async function compareCost(context: Context): Promise<{ cost: Figure; ratio: Figure }> {
  const pool = openPool<object, unknown>(NOOP, 1);
  const fork = openProcesses<object, unknown>(NOOP, 1);
  const inputs = Array.from({ length: TASKS }, () => ({}));
  const runOneByOne = async (): Promise<void> => {
    for (const input of inputs) await pool.run(input);
  };
  try {
    const comparison = await comparePairs(
      () => timed(runOneByOne),
      () => timed(() => fork.run(inputs)),
      { context },
    );
    const times = comparison.a.map((ms) => (ms * 1_000) / TASKS);
    return {
      cost: sampled('task-cost', 'a task that does nothing, through the pool', times, 'us'),
      ratio: ratioFigure('cost-ratio', 'cost of a task / cost of a bare message and its answer', comparison, {
        most: MOST_COST,
      }),
    };
  } finally {
    await Promise.all([pool.destroy(), fork.close()]);
  }
}
