// Endless tasks on a pool of one thread: each is ended by its signal, and followed by a task that has to be answered.

import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '@cookbook/lab/race';
import { begunOf, newCounters } from '../../pool/proof/compute-task.ts';
import type { Computing } from '../../pool/proof/compute-task.ts';
import { openAbortablePool } from '../recipe.ts';

export const TASKS = 5;
/** A task that its signal does not end would be awaited for ever. */
const TIME_LIMIT_MS = 5_000;

export interface EndlessTasks {
  /** How many rejected with an AbortError when their signal was aborted. */
  readonly ended: number;
  /** How many threads the pool has had: one more for each task that was ended. */
  readonly threads: number;
  /** From each signal until the task after it was done, ms. */
  readonly next: readonly number[];
}

export async function endEndlessTasks(signal: AbortSignal): Promise<EndlessTasks> {
  const task = new URL('../../pool/proof/compute-task.ts', import.meta.url);
  const pool = openAbortablePool<Computing, number>(task, 1);
  const next: number[] = [];
  const threadIds = new Set<number>();
  let ended = 0;
  try {
    for (let round = 0; round < TASKS; round++) {
      signal.throwIfAborted();
      const counters = newCounters();
      const stop = new AbortController();
      const endless = pool.run({ counters, ms: Infinity }, stop.signal).catch((error: Error) => error.name);
      while (begunOf(counters) === 0) await sleep(1);
      for (const id of pool.threadIds()) threadIds.add(id);
      const start = performance.now();
      stop.abort();
      if ((await within(endless, TIME_LIMIT_MS, 'an endless task whose signal was aborted')) === 'AbortError') ended++;
      await within(pool.run({ counters: newCounters(), ms: 0 }, signal), TIME_LIMIT_MS, 'the task after it');
      next.push(performance.now() - start);
    }
    for (const id of pool.threadIds()) threadIds.add(id);
    return { ended, threads: threadIds.size, next };
  } finally {
    await pool.close();
  }
}
