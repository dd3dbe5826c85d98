// Faults of the read-write lock.

import { NOBODY } from './known-fault.ts';
import type { KnownFault } from './known-fault.ts';

const READ_WRITE = 'read-write-lock/recipe.ts';

export const READ_WRITE_FAULTS: readonly KnownFault[] = [
  {
    name: 'a reader does not look for a writer again once it has its seat',
    file: READ_WRITE,
    from: 'if (this.#load(this.#writer) === FREE) return true;\n    this.unlockRead();',
    to: 'return true;',
    scenario: 'a reader and a writer',
    wrong: /inside together/,
  },
  {
    name: 'a writer does not wait for the readers to leave',
    file: READ_WRITE,
    from: 'return this.#load(this.#taken) === 0;',
    to: 'return true;',
    scenario: 'a reader and a writer',
    wrong: /inside together/,
  },
  {
    name: 'a reader wakes nobody',
    file: READ_WRITE,
    from: `Atomics.store(this.#memory, this.#seats + seat, FREE);
    this.#waiters.wake();`,
    to: 'Atomics.store(this.#memory, this.#seats + seat, FREE);',
    scenario: 'a reader and a writer',
    wrong: NOBODY,
  },
];
