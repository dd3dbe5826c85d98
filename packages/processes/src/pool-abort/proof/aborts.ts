// Endless tasks of a pool of one process, each aborted, each followed by a task that has to be answered.

import { setTimeout as sleep } from 'node:timers/promises';
import { counted, sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { goneAfter } from '@cookbook/lab/host';
import { within } from '@cookbook/lab/race';
import { openPool } from '../../pool/recipe.ts';
import type { Counted } from '../../proof/primes-task.ts';
import { runUntil, runWithin } from '../recipe.ts';

const PRIMES = new URL('../../proof/primes-task.ts', import.meta.url);
const ROUNDS = 5;
const LIMIT_MS = 20;
/** ms for a process to be gone; Tinypool sends SIGKILL after 1 s. */
const GONE_MS = 10_000;
/** ms for all of a round: where an abort leaves the task running, the next one never gets its process. */
const ROUND_MS = 3 * GONE_MS;
/** ms until a new process has answered; most of it is the start of Node.js. */
const MOST_MS = 1_000;

export interface Aborts {
  readonly aborted: Figure;
  readonly late: Figure;
  readonly left: Figure;
  readonly processes: Figure;
  readonly next: Figure;
}

/** Aborts five tasks by a signal, and five by a time limit. */
export async function abortTasks({ signal }: Context): Promise<Aborts> {
  const pool = openPool<{ limit: number }, Counted>(PRIMES, 1);
  const pids = new Set<number>();
  const times: number[] = [];
  let [aborted, late, left] = [0, 0, 0];

  /** Awaits the rejection of an endless task, then the answer of the next one; returns what the first rejected with. */
  const round = (endless: () => Promise<unknown>): Promise<unknown> =>
    within(abortOne(endless), ROUND_MS, 'the task after an aborted one');
  const abortOne = async (endless: () => Promise<unknown>): Promise<unknown> => {
    const { pid } = await pool.run({ limit: 2 });
    const reason = await endless().catch((error: unknown) => error);
    const start = performance.now();
    const next = await pool.run({ limit: 2 });
    times.push(performance.now() - start);
    pids.add(pid).add(next.pid);
    if ((await goneAfter(pid, GONE_MS)) === undefined) left++;
    return reason;
  };

  try {
    for (let n = 0; n < ROUNDS; n++) {
      signal.throwIfAborted();
      const stop = new AbortController();
      const reason = new Error('no longer wanted');
      const seen = await round(() => {
        void sleep(LIMIT_MS).then(() => stop.abort(reason)); // it computes by then
        return runUntil(pool, { limit: Infinity }, stop.signal);
      });
      if (seen === reason) aborted++;
      const end = await round(() => runWithin(pool, { limit: Infinity }, LIMIT_MS, signal));
      if ((end as Error).name === 'TimeoutError') late++;
    }
  } finally {
    await pool.destroy();
  }
  return {
    aborted: counted('aborted', "endless tasks that rejected with their signal's reason", aborted, 'tasks', {
      least: ROUNDS,
    }),
    late: counted('timed-out', 'endless tasks that rejected with a TimeoutError', late, 'tasks', { least: ROUNDS }),
    left: counted('processes-left', 'processes left of aborted tasks', left, 'processes', { most: 0 }),
    processes: counted('processes', 'processes that answered before and after', pids.size, 'processes', {
      least: 2 * ROUNDS + 1,
    }),
    next: sampled('time-to-next', 'time from an abort until a new process has answered', times, 'ms', {
      most: MOST_MS,
    }),
  };
}
