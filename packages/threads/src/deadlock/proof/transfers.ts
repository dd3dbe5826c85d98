// Transfers both ways at once, watched until they are done or the threads have stopped for good.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Mutex } from '../../mutex/recipe.ts';
import { sharedWords } from '../../mutex/shared-words.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { isDeadlocked } from '../recipe.ts';
import type { Way } from '../recipe.ts';

// The words: two accounts, a lock for each, transfers done, times backed off, a meeting point.
export const ACCOUNTS = 0;
export const LOCKS = 2;
export const DONE = 4;
export const BACKED_OFF = 5;
export const MEETING = 6;

/** What a thread is sent: to move 1 so many times from its own account to the other one. */
export interface Job {
  readonly way: Way;
  readonly own: 0 | 1;
  readonly times: number;
  readonly memory: SharedWords;
}

export interface Ending {
  /** 'deadlock' where each thread holds one lock and waits for the other. */
  readonly end: 'finished' | 'deadlock';
  readonly transfers: number;
  readonly balances: readonly [number, number];
  readonly timesBackedOff: number;
  /** CPU time of both threads while stuck, as a share of that time: near 0, they sleep. */
  readonly busyWhileStuck: number;
}

/** Without progress for so long, in ms, the locks are looked at. */
const STUCK_AFTER_MS = 60;
/** For all transfers of the claim. */
const TIME_LIMIT_MS = 10_000;

/**
 * Moves money both ways at once until all transfers are done or the threads have stopped for good; ends the threads.
 *
 * @throws the signal's reason when aborted
 */
export async function transferBothWays(way: Way, times: number, signal?: AbortSignal): Promise<Ending> {
  const memory = sharedWords(MEETING + 1);
  const locks = [new Mutex(memory, LOCKS), new Mutex(memory, LOCKS + 1)] as const;
  const threads = ([0, 1] as const).map((own) => {
    const workerData: Job = { way, own, times, memory };
    return new Worker(new URL('./transfer-task.ts', import.meta.url), { workerData, execArgv: [] });
  });
  const gone = Promise.all(threads.map((thread) => once(thread, 'exit'))).then(() => true);
  const ending = (end: Ending['end'], busyWhileStuck = 0): Ending => ({
    end,
    transfers: memory[DONE]!,
    balances: [memory[ACCOUNTS]!, memory[ACCOUNTS + 1]!],
    timesBackedOff: memory[BACKED_OFF]!,
    busyWhileStuck,
  });
  try {
    for (;;) {
      const done = Atomics.load(memory, DONE);
      if (await Promise.race([gone, sleep(STUCK_AFTER_MS, false)])) return ending('finished');
      signal?.throwIfAborted();
      if (done !== Atomics.load(memory, DONE) || !isDeadlocked(...locks)) continue;
      const busy = await busyShare(threads, STUCK_AFTER_MS);
      if (done === Atomics.load(memory, DONE) && isDeadlocked(...locks)) return ending('deadlock', busy);
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Both threads' CPU time over the next `ms`, as a share of that time. */
async function busyShare(threads: readonly Worker[], ms: number): Promise<number> {
  const before = await Promise.all(threads.map((thread) => thread.cpuUsage()));
  const start = performance.now();
  await sleep(ms);
  const spent = await Promise.all(threads.map((thread, n) => thread.cpuUsage(before[n])));
  const cpu = spent.reduce((sum, { user, system }) => sum + user + system, 0) / 1_000;
  return cpu / (performance.now() - start);
}

/** Transfers in opposite order so many times, which is certain to stop as the threads meet on the way, and once each other way. */
export async function transferAllWays(times: number, deadlocks: number, signal: AbortSignal) {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
  const stuck: Ending[] = [];
  for (let round = 0; round < deadlocks; round++) stuck.push(await transferBothWays('opposite order', times, limit));
  const backOff = await transferBothWays('back off', times, limit);
  const oneOrder = await transferBothWays('one order', times, limit);
  return {
    backOff,
    oneOrder,
    deadlocks: stuck.filter(({ end }) => end === 'deadlock').length,
    /** CPU time of both threads while stuck, percent of one core. */
    busy: stuck.map(({ busyWhileStuck }) => 100 * busyWhileStuck),
    money: moneyMade([...stuck, backOff, oneOrder]),
  };
}

/** Transfers only move money: all accounts together hold 0, and after as many both ways each does. */
function moneyMade(endings: readonly Ending[]): number {
  return endings.reduce((sum, { balances: [a, b] }) => sum + Math.abs(a + b) + Math.abs(a), 0);
}
