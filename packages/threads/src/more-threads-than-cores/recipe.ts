// Claim      More threads than cores finish no more computing, and each takes memory. More threads than cores finish more
//            waiting, nearly as many times more as there are threads. Async tasks do the same on one thread.
// Mechanism  A core runs one thread at a time: who computes keeps it, who waits leaves it to others.
// Use when   you choose the size of a pool: the number of cores for computing; for blocking calls that cannot be made
//            async, the number that is to be in flight.
// Do not     start threads for what is async already (network, timers, files): one event loop holds thousands of waits.
// Run        pnpm tsx packages/threads/src/main.ts more-threads-than-cores

import { setTimeout as sleep } from 'node:timers/promises';
import { openThreads } from '../cpu-scaling/recipe.ts';

/** What waits, so many times: a call that blocks its thread, or a task that does not. */
export interface Waiter {
  /** Waits `times` times for so many ms each, as many at once as it can. Resolves with how many were done. */
  wait(times: number, ms: number): Promise<number>;
  close(): Promise<void>;
}

/** Threads that block, as a synchronous driver or `execFileSync` does: as many waits at once as there are threads. */
export function waitingThreads(count: number): Waiter {
  const threads = openThreads<number, number>(new URL('./wait-task.ts', import.meta.url), count);
  return {
    wait: async (times, ms) => sum(await threads.run(Array.from({ length: times }, () => ms))),
    close: () => threads.close(),
  };
}

/** Async tasks on the thread of the caller: all the waits at once. */
export function waitingTasks(): Waiter {
  return {
    wait: async (times, ms) => sum(await Promise.all(Array.from({ length: times }, () => sleep(ms, 1)))),
    close: async () => {},
  };
}

function sum(done: readonly number[]): number {
  return done.reduce((total, one) => total + one, 0);
}
