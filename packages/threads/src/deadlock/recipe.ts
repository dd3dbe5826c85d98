// Claim      Two threads that take two locks in opposite order stop for good, asleep, without an error. With one order for
//            all, or with a try that backs off, the same 2,000 transfers are always completed.
// Mechanism  Each holds what the other waits for. No thread can leave such a circle by itself: the way out is never to
//            close it (one order), or to let go of the first lock when the second is not free (back off).
// Use when   something needs two locks at once: order them by something that never changes, such as their index.
// Do not     back off for a fixed time: both come back at once, and may go on so. And do not mend it by a time limit
//            alone: the thread that gives up has to undo what it did.
// Run        pnpm tsx packages/threads/src/main.ts deadlock

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Mutex } from '../mutex/recipe.ts';
import { sharedWords } from '../mutex/shared-words.ts';
import type { SharedWords } from '../mutex/shared-words.ts';

// The words: two accounts, a lock for each, transfers done, times backed off, a meeting point.
export const ACCOUNTS = 0;
export const LOCKS = 2;
export const DONE = 4;
export const BACKED_OFF = 5;
export const MEETING = 6;

export type Way = 'opposite order' | 'back off' | 'one order';

/** What a thread is told: to move 1 so many times from account `who` to the other one. */
export interface Job {
  readonly way: Way;
  readonly who: 0 | 1;
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

/** Moves money both ways at once until all transfers are done or the threads have stopped for good; ends the threads. */
export async function transferBothWays(way: Way, times: number, signal?: AbortSignal): Promise<Ending> {
  const memory = sharedWords(MEETING + 1);
  const threads = ([0, 1] as const).map((who) => {
    const workerData: Job = { way, who, times, memory };
    return new Worker(new URL('./proof/worker.ts', import.meta.url), { workerData, execArgv: [] });
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
      if (done !== Atomics.load(memory, DONE) || !inCircle(memory)) continue;
      const busy = await busyShare(threads, STUCK_AFTER_MS);
      if (done === Atomics.load(memory, DONE) && inCircle(memory)) return ending('deadlock', busy);
    }
  } finally {
    // Asleep for good: nothing but the end of the threads wakes them, and no `finally` of theirs runs.
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Each lock is held, by another thread, and waited for. There are two threads, so each waits for the other. */
function inCircle(memory: SharedWords): boolean {
  const [first, second] = [new Mutex(memory, LOCKS), new Mutex(memory, LOCKS + 1)];
  const held = first.owner !== undefined && second.owner !== undefined;
  return held && first.owner !== second.owner && first.contended && second.contended;
}

async function busyShare(threads: readonly Worker[], ms: number): Promise<number> {
  const before = await Promise.all(threads.map((thread) => thread.cpuUsage()));
  const start = performance.now();
  await sleep(ms);
  const spent = await Promise.all(threads.map((thread, n) => thread.cpuUsage(before[n])));
  const cpu = spent.reduce((sum, { user, system }) => sum + user + system, 0) / 1_000;
  return cpu / (performance.now() - start);
}
