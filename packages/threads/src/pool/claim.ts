import { setTimeout as sleep } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { allHold, counted, defineClaim, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { isSettled, judgeParallel, measureSpeedup, speedupFigures } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { poolLanes } from './proof/pool-lanes.ts';
import { newSeen } from './proof/compute-task.ts';
import type { Play } from './proof/compute-task.ts';
import { openPool } from './recipe.ts';

const task = new URL('./proof/compute-task.ts', import.meta.url);
const LANES = Math.max(2, usableCores());
const CANCELS = 5;
const MAX_QUEUE = 4;
/** Asked for at once of a pool of one thread: the queue and the thread hold 5 of them. */
const BURST = 20;

interface PoolEvidence extends Evidence {
  readonly speedup: Speedup;
  readonly counts: readonly Figure[];
}

export default defineClaim<PoolEvidence>({
  id: 'threads/pool',
  says: 'A thread pool executor is the easy way to use threads.',
  from: ['MM'],
  answer:
    'Piscina speeds up computing as its threads do, ends an endless task by its signal and goes on; a bound on its queue is kept by counting places.',

  async measure(context: Context) {
    const speedup = await measureSpeedup({
      open: (count) => poolLanes(count),
      lanes: LANES,
      context,
      enough: isSettled,
    });
    const cancels = await cancelLoops(context);
    const burst = await runBurst();
    const counts = [
      counted('endless tasks ended by their signal', cancels.ended, 'tasks', { least: CANCELS }),
      counted('burst on a bounded queue: refused by Piscina', burst.refused, 'tasks', { least: BURST - MAX_QUEUE - 1 }),
      counted('the same with a place each: refused', burst.refusedWithPlaces, 'tasks', { most: 0 }),
      counted('the same with a place each: most in the pool', burst.mostInside, 'tasks', { most: MAX_QUEUE + 1 }),
    ];
    const next = sampled('from the signal until the next task is done', cancels.next, 'ms');
    return {
      speedup,
      counts,
      headline: `${cancels.ended} of ${CANCELS} endless tasks ended by their signal, the next task done ${next.median.toFixed(0)} ms later; a burst of ${BURST}: ${burst.refused} refused by Piscina, ${burst.refusedWithPlaces} with places`,
      figures: [
        ...speedupFigures(speedup, `a pool of ${LANES} threads`, 'parallel'),
        ...counts,
        next,
        counted('burst with a signal: refused by Piscina', burst.refusedWithSignal, 'tasks'),
        burst.wait,
        burst.run,
      ],
      notes: [
        `Piscina ${Piscina.version} with a queue of ${MAX_QUEUE} and one thread accepted ${BURST - burst.refused} of ${BURST} tasks, and ${BURST - burst.refusedWithSignal} of ${BURST} that carried a signal.`,
      ],
    };
  },

  judge: ({ speedup, counts }) => allHold([judgeParallel(speedup), judgeIntervals(counts)]),
});

/** Endless loops on a pool of one thread: ended by their signal, each followed by a task that has to be answered. */
async function cancelLoops({ signal }: Context): Promise<{ ended: number; next: number[] }> {
  const pool = openPool<Play, number>(task, { threads: 1, maxQueue: 1 });
  const next: number[] = [];
  let ended = 0;
  try {
    for (let round = 0; round < CANCELS; round++) {
      signal.throwIfAborted();
      const seen = newSeen();
      const stop = new AbortController();
      const loop = pool.run({ seen, ms: Infinity }, stop.signal).catch((error: Error) => error.name);
      while (Atomics.load(seen, 2) === 0) await sleep(1); // it loops
      const start = performance.now();
      stop.abort();
      if ((await loop) === 'AbortError') ended++;
      await pool.run({ seen: newSeen(), ms: 0 });
      next.push(performance.now() - start);
    }
  } finally {
    await pool.close();
  }
  return { ended, next };
}

/** How many of the burst are refused. */
async function refusals(run: () => Promise<number>): Promise<number> {
  const settled = await Promise.allSettled(Array.from({ length: BURST }, run));
  return settled.filter(({ status }) => status === 'rejected').length;
}

/** More tasks at once than a pool has room for: on Piscina's own bound, with a signal each, and with places. */
async function runBurst() {
  const seen = newSeen();
  const play: Play = { seen, ms: 2 };
  const { signal } = new AbortController();

  const options = { filename: task.href, minThreads: 1, maxThreads: 1, execArgv: [] };
  const bare = new Piscina<Play, number>({ ...options, maxQueue: MAX_QUEUE });
  const pool = openPool<Play, number>(task, { threads: 1, maxQueue: MAX_QUEUE });
  try {
    await Promise.all([bare.run(play), pool.run(play)]); // the threads are there
    const refused = await refusals(() => bare.run(play));
    const refusedWithSignal = await refusals(() => bare.run(play, { signal }));
    let mostInside = 0;
    const watch = (): void => void (mostInside = Math.max(mostInside, pool.piscina.queueSize + 1));
    setImmediate(watch);
    const refusedWithPlaces = await refusals(() => pool.run(play, signal).finally(watch));
    return { refused, refusedWithSignal, refusedWithPlaces, mostInside, ...histograms(pool.piscina) };
  } finally {
    await Promise.all([bare.destroy(), pool.close()]);
  }
}

/** Piscina's own record of what tasks took, from p2.5 to p97.5. */
function histograms({ histogram }: Piscina): { wait: Figure; run: Figure } {
  return {
    wait: figure('time of a task in the queue of the pool', histogram.waitTime),
    run: figure('time of a task on its thread, with its messages', histogram.runTime),
  };
}

function figure(name: string, { p50, p2_5, p97_5 }: Piscina['histogram']['runTime']): Figure {
  return { name, median: p50, low: p2_5, high: p97_5, unit: 'ms' };
}
