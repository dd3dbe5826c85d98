// Faults of the semaphore, and of the waiters that it shares with the read-write lock.

import { NOBODY } from './known-fault.ts';
import type { KnownFault } from './known-fault.ts';

const SEMAPHORE = 'semaphore/recipe.ts';
const WAITERS = 'semaphore/waiters.ts';

export const SEMAPHORE_FAULTS: readonly KnownFault[] = [
  {
    name: 'a permit is taken by a load, then a store',
    file: SEMAPHORE,
    from: 'if (Atomics.compareExchange(this.#permits, place, from, to) !== from) continue;',
    to: `if (Atomics.load(this.#permits, place) !== from) continue;
      Atomics.store(this.#permits, place, to);`,
    scenario: 'three threads',
    wrong: /2 have a permit of 1/,
  },
  {
    name: 'release wakes nobody',
    file: SEMAPHORE,
    from: 'this.#waiters.wake(1);',
    to: '',
    scenario: 'three threads',
    wrong: NOBODY,
  },
  {
    name: 'recover wakes nobody',
    file: SEMAPHORE,
    from: `given++;
    this.#waiters.wakeAll();`,
    to: 'given++;',
    scenario: 'two threads, 1 permits, 1 killed',
    wrong: NOBODY,
  },
  {
    name: 'a thread tries before it is counted as asleep, and not after',
    file: WAITERS,
    from: `const seen = Atomics.load(this.#memory, this.#changes);
        if (enter()) return true;
        const left = deadline - performance.now();
        if (left <= 0) return false;
        Atomics.wait(`,
    to: `const seen = Atomics.load(this.#memory, this.#changes);
        const left = deadline - performance.now();
        if (left <= 0) return false;
        Atomics.wait(`,
    scenario: 'three threads',
    wrong: NOBODY,
  },
  {
    name: 'recover wakes as others do, though the dead thread may have taken a mark off',
    file: SEMAPHORE,
    from: 'this.#waiters.wakeAll();',
    to: 'this.#waiters.wake();',
    scenario: 'a thread and a task',
    wrong: NOBODY,
  },
  {
    name: 'a task does not look whether its mark was taken off',
    file: WAITERS,
    from: 'if ((Atomics.load(this.#memory, this.#waiting) & TASKS) === 0) continue;',
    to: '',
    scenario: 'two threads and a task',
    wrong: NOBODY,
  },
];
