// Claim      More threads than cores finish no more computing, but more waiting, as async tasks do.
// Mechanism  A core runs one thread at a time. A computing thread keeps it, a waiting one leaves it to others.
// Use when   you choose a pool's size: cores for computing, calls in flight for blocking ones.
// Do not     start threads for what is async already: network, timers, files.
// Copy       recipe.ts, wait-task.ts, ../cpu-scaling/recipe.ts, ../cpu-scaling/run-all.ts,
//            ../cpu-scaling/worker.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts more-threads-than-cores

import { setTimeout as sleep } from 'node:timers/promises';
import { openThreads } from '../cpu-scaling/recipe.ts';

/** Waits of threads, each blocking its thread, or of async tasks, which do not block. */
export interface Waiter {
  /** Waits `times` times for so many ms each, as many at once as possible. Resolves with how many were done. */
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
