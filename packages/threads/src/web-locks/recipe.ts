// Claim      `navigator.locks` admits one task at a time within a thread. Between worker threads of Node 26.10 two are
//            inside about once in 50,000 entries.
// Mechanism  A browser's locks exclude all workers of an origin. Whether Node's do depends on its version.
// Use when   tasks of one event loop must not mix around an `await`.
// Do not     trust it across threads: take `Mutex.lockAsync`.
// Copy       recipe.ts, ../mutex/recipe.ts, ../mutex/shared-words.ts; Node 24.5 or newer
// Run        pnpm tsx packages/threads/src/main.ts web-locks

import { Mutex } from '../mutex/recipe.ts';
import type { SharedWords } from '../mutex/shared-words.ts';

/** Runs a body that no other one may run beside, and resolves with its result. */
export type Exclusive = <T>(body: () => T | Promise<T>) => Promise<T>;

/** Two ways to run one body at a time. They differ by how far they reach. */
export const ways = {
  /** Among all tasks of this thread that use the same name. */
  'navigator.locks'(name: string): Exclusive {
    return async <T>(body: () => T | Promise<T>) => navigator.locks.request(name, body) as Promise<T>;
  },

  /** Among all tasks of all threads that use the same word, zero at first. */
  'Mutex.lockAsync'(memory: SharedWords, at = 0): Exclusive {
    const mutex = new Mutex(memory, at);
    return async (body) => {
      await mutex.lockAsync();
      try {
        return await body();
      } finally {
        mutex.unlock();
      }
    };
  },
};

export type Way = keyof typeof ways;
