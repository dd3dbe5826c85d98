// Faults of the reentrant mutex.

import { NOBODY } from './known-fault.ts';
import type { KnownFault } from './known-fault.ts';

const REENTRANT = 'reentrant-mutex/recipe.ts';
const MUTEX = 'mutex/recipe.ts';

export const REENTRANT_FAULTS: readonly KnownFault[] = [
  {
    name: 'who has just come in counts up what a thread that was killed has left',
    file: REENTRANT,
    from: 'this.#memory[this.#depth] = mine ? this.#memory[this.#depth]! + 1 : 1;',
    to: 'this.#memory[this.#depth]!++;',
    scenario: 'two threads, 1 killed',
    wrong: /the lock is not free at the end/,
  },
  {
    name: 'the inner unlock gives the lock back',
    file: REENTRANT,
    from: 'if (this.#memory[this.#depth] === 0) this.#mutex.unlock();',
    to: 'this.#mutex.unlock();',
    scenario: 'three threads',
    wrong: /inside together|held by this thread/,
  },
  {
    name: 'the mutex in it wakes nobody',
    file: MUTEX,
    from: 'Atomics.notify(this.#memory, this.#at, (seen & TASKS) === 0 ? 1 : Infinity);',
    to: '',
    scenario: 'two threads, 1 killed',
    wrong: NOBODY,
  },
];
