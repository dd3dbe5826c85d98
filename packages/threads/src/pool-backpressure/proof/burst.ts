// More tasks at once than a pool has room for: on Piscina's own bound, with and without a signal, and with places.

import { Piscina } from 'piscina';
import type { Figure } from '@cookbook/lab/claim';
import { newCounters } from '../../pool/proof/compute-task.ts';
import type { Computing } from '../../pool/proof/compute-task.ts';
import { openBoundedPool } from '../recipe.ts';

export const MAX_QUEUE = 4;
/** Tasks at once for a pool of one thread: the queue and the thread hold 5 of them. */
export const BURST = 20;

export interface Burst {
  /** Tasks that Piscina's own bound refused, and those that it refused of tasks that carry a signal. */
  readonly refused: number;
  readonly refusedWithSignal: number;
  /** Tasks that were refused where each waits for a place, and the most that were in the pool at once. */
  readonly refusedWithPlaces: number;
  readonly mostInside: number;
  /** Piscina's own record of the times with places, from p2.5 to p97.5. */
  readonly times: readonly Figure[];
}

export async function runBurst(): Promise<Burst> {
  const task = new URL('../../pool/proof/compute-task.ts', import.meta.url);
  const computing: Computing = { counters: newCounters(), ms: 2 };
  const { signal } = new AbortController();

  const options = { filename: task.href, minThreads: 1, maxThreads: 1, execArgv: [] };
  const bare = new Piscina<Computing, number>({ ...options, maxQueue: MAX_QUEUE });
  const pool = openBoundedPool<Computing, number>(task, { threads: 1, maxQueue: MAX_QUEUE });
  try {
    await Promise.all([bare.run(computing), pool.run(computing)]); // the threads are there
    const refused = await countRefused(() => bare.run(computing));
    const refusedWithSignal = await countRefused(() => bare.run(computing, { signal }));
    let mostInside = 0;
    const watch = (): void => void (mostInside = Math.max(mostInside, pool.piscina.queueSize + 1));
    setImmediate(watch);
    const refusedWithPlaces = await countRefused(() => pool.run(computing, signal).finally(watch));
    const { waitTime, runTime } = pool.piscina.histogram;
    const times = [
      timeFigure('queue-time', 'time of a task in the queue of the pool', waitTime),
      timeFigure('run-time', 'time of a task on its thread, with its messages', runTime),
    ];
    return { refused, refusedWithSignal, refusedWithPlaces, mostInside, times };
  } finally {
    await Promise.all([bare.destroy(), pool.close()]);
  }
}

/** How many of the burst are refused. */
async function countRefused(run: () => Promise<number>): Promise<number> {
  const settled = await Promise.allSettled(Array.from({ length: BURST }, run));
  return settled.filter(({ status }) => status === 'rejected').length;
}

function timeFigure(key: string, name: string, { p50, p2_5, p97_5 }: Piscina['histogram']['runTime']): Figure {
  return { key, name, median: p50, low: p2_5, high: p97_5, unit: 'ms' };
}
