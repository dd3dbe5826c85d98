import { setTimeout as sleep } from 'node:timers/promises';
import { allHold, counted, defineClaim, judgeBounds, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import {
  comparePairs,
  isSettled,
  judgeParallel,
  measureSpeedup,
  ratioFigure,
  speedupFigures,
  unitTask,
} from '@cookbook/lab/speedup';
import type { Lanes, Speedup } from '@cookbook/lab/speedup';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { openProcesses } from '../cpu-scaling/recipe.ts';
import { openPool, runAll } from './recipe.ts';

const NOOP = new URL('../proof/noop-task.ts', import.meta.url);
const ENDLESS = new URL('../proof/primes-task.ts', import.meta.url);
const TASKS = 300;
const ABORTS = 5;
const QUEUE = 4;

/** As many bare messages as a pool's task is allowed to cost. */
const MOST_COST = 4;

interface PoolEvidence extends Evidence {
  readonly speedup: Speedup;
  readonly judged: readonly Figure[];
}

export default defineClaim<PoolEvidence>({
  id: 'processes/pool',
  says: 'A pool executor is the easy way to run work in parallel.',
  from: ['MM'],
  answer:
    'A pool of processes is as parallel as forks are, for the price of less than 4 bare messages a task; it ends an aborted task with its process, and refuses what its queue has no room for.',

  async measure(context: Context) {
    const lanes = Math.max(2, usableCores());
    const speedup = await measureSpeedup({ open: poolLanes, lanes, context, enough: isSettled });
    const { cost, ratio } = await compareCost(context);
    const aborts = await abortTasks(context.signal);
    const { accepted, refused } = await fillQueue();
    const figures = speedupFigures(speedup, `${lanes} processes of a pool`, 'parallel');
    return {
      speedup,
      judged: [ratio, ...aborts, accepted, refused],
      headline: `potential speedup with ${lanes} processes ${figures[0]!.median.toFixed(2)}x; a task costs ${cost.median.toFixed(0)} us, ${ratio.median.toFixed(1)} bare messages`,
      figures: [...figures, ratio, cost, ...aborts, accepted, refused],
      notes: [`Cost: ${TASKS} tasks that do nothing, one after another, in one process.`],
    };
  },

  judge: ({ speedup, judged }) => {
    const counts = judged.filter(({ unit }) => unit === 'tasks' || unit === 'processes');
    const times = judged.filter((figure) => !counts.includes(figure));
    return allHold([judgeParallel(speedup), judgeBounds({ figures: counts }), judgeIntervals(times)]);
  },
});

function poolLanes(count: number): Lanes {
  const pool = openPool<Unit, LaneReport>(unitTask, count);
  return { run: (units) => runAll(pool, units, count), close: () => pool.close() };
}

/** A task that does nothing, through the pool and by bare messages to a fork. */
async function compareCost(context: Context) {
  const pool = openPool<object, unknown>(NOOP, 1);
  const fork = openProcesses<object, unknown>(NOOP, 1);
  const inputs = Array.from({ length: TASKS }, () => ({}));
  try {
    const comparison = await comparePairs(
      () => timed(() => runAll(pool, inputs, 1)),
      () => timed(() => fork.run(inputs)),
      { context },
    );
    return {
      cost: sampled(
        'a task that does nothing, through the pool',
        comparison.a.map((ms) => (ms * 1_000) / TASKS),
        'us',
      ),
      ratio: ratioFigure('cost of a task / cost of a bare message and its answer', comparison, { most: MOST_COST }),
    };
  } finally {
    await Promise.all([pool.close(), fork.close()]);
  }
}

/** Endless tasks, each aborted: whether it rejects, and whether another process answers afterwards. */
async function abortTasks(signal: AbortSignal): Promise<Figure[]> {
  const pool = openPool<object, { pid: number }>(ENDLESS, 1);
  const times: number[] = [];
  const pids = new Set<number>();
  let rejected = 0;
  try {
    for (let round = 0; round < ABORTS; round++) {
      signal.throwIfAborted();
      pids.add((await pool.run({ limit: 2 })).pid);
      const stop = new AbortController();
      const endless = pool.run({ limit: Infinity }, stop.signal);
      await sleep(20); // it is computing
      stop.abort();
      const aborted = performance.now();
      await endless.catch((error: Error) => (rejected += Number(error.name === 'AbortError')));
      pids.add((await pool.run({ limit: 2 })).pid);
      times.push(performance.now() - aborted);
    }
  } finally {
    await pool.close();
  }
  return [
    counted('endless tasks aborted', rejected, 'tasks', { least: ABORTS }),
    counted('processes that answered before and after', pids.size, 'processes', { least: ABORTS + 1 }),
    sampled('from the abort until a new process has answered', times, 'ms'),
  ];
}

/** Three times as many tasks at once as there is room for, in the process and in the queue. */
async function fillQueue(): Promise<{ accepted: Figure; refused: Figure }> {
  const pool = openPool<object, unknown>(NOOP, 1, { maxQueue: QUEUE });
  try {
    const room = 1 + QUEUE;
    const ends = await Promise.allSettled(Array.from({ length: 3 * room }, () => pool.run({})));
    const accepted = ends.filter(({ status }) => status === 'fulfilled').length;
    return {
      accepted: counted('tasks accepted at once, 1 process and a queue of 4', accepted, 'tasks', {
        least: room,
        most: room,
      }),
      refused: counted('tasks refused', ends.length - accepted, 'tasks', { least: 2 * room, most: 2 * room }),
    };
  } finally {
    await pool.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
