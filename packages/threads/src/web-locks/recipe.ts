// Claim      The platform's exclusive lock, `navigator.locks`, admits one task at a time within one thread. Across worker
//            threads it does not: on Node 26.10 two are inside at once now and then, once in some 50,000 entries.
// Mechanism  A browser's locks exclude all workers of an origin; whether Node's do is a property of its version. So it is
//            measured: a witness in shared memory counts who is inside.
// Use when   tasks of one event loop must not mix around their `await`s.
// Do not     trust it across threads before your version has been tried for long: a race that did not strike proves
//            nothing. Take `Mutex.lockAsync` there, see `mutex`.
// Run        pnpm tsx packages/threads/src/main.ts web-locks

import type { Occupancy } from '@cookbook/lab/task';
import { Mutex } from '../mutex/recipe.ts';
import type { SharedWords } from '../mutex/shared-words.ts';

/** Enters so many times, one after another; `inside` sees every entry. */
export type Enter = (times: number, inside: Occupancy, memory: SharedWords) => Promise<void>;

const NAME = 'the section';

export const ways = {
  /** Exclusive within a thread. */
  async 'navigator.locks'(times, inside) {
    for (let n = 0; n < times; n++) await navigator.locks.request(NAME, () => stay(inside));
  },

  /** Exclusive within a thread and across threads. */
  async 'Mutex.lockAsync'(times, inside, memory) {
    const mutex = new Mutex(memory);
    for (let n = 0; n < times; n++) {
      await mutex.lockAsync();
      try {
        await stay(inside);
      } finally {
        mutex.unlock();
      }
    }
  },
} satisfies Record<string, Enter>;

export type Way = keyof typeof ways;

/** Inside for one turn of the promises: long enough for another task, or another thread, to come in. */
async function stay(inside: Occupancy): Promise<void> {
  inside.enter();
  await Promise.resolve();
  inside.leave();
}
