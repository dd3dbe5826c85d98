// Faults of the ticket lock.

import { NOBODY } from './known-fault.ts';
import type { KnownFault } from './known-fault.ts';

const TICKET = 'starvation/recipe.ts';

export const TICKET_FAULTS: readonly KnownFault[] = [
  {
    name: 'a call wakes nobody',
    file: TICKET,
    from: 'Atomics.notify(this.#memory, word);',
    to: '',
    scenario: 'two threads',
    wrong: NOBODY,
  },
  {
    name: 'whoever draws a ticket is served',
    file: TICKET,
    from: 'if (this.#load(SERVED) === next) return { ticket: next };',
    to: 'return { ticket: next };',
    scenario: 'two threads',
    wrong: /inside together/,
  },
];
