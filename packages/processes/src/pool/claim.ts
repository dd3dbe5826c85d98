import { defineClaim, intervals } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { measureParallel, parallel, unitTask } from '@cookbook/lab/speedup';
import type { Lanes } from '@cookbook/lab/speedup';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { compareCost } from './proof/cost.ts';
import { openPool } from './recipe.ts';

export default defineClaim({
  id: 'processes/pool',
  question: 'How do I run CPU-bound tasks in a pool of processes?',
  says: 'A pool executor is the easy way to run work in parallel.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'A Tinypool of child processes speeds up computing nearly once per core, and a task costs at most 3 bare messages.',

  async measure(context) {
    const lanes = Math.max(2, usableCores());
    const speedup = await measureParallel({ open: poolLanes, lanes, context });
    const { cost, ratio } = await compareCost(context);
    return [
      parallel(
        'pool',
        `a pool of ${lanes} processes`,
        speedup,
        'A pool of processes is {pool-observed} as fast as one process.',
      ),
      intervals('A task costs {task-cost}, {cost-ratio number} times a bare message and its answer.', ratio, cost),
    ];
  },
});

function poolLanes(count: number): Lanes {
  const pool = openPool<Unit, LaneReport>(unitTask, count);
  return { run: (units) => Promise.all(units.map((unit) => pool.run(unit))), close: () => pool.destroy() };
}
