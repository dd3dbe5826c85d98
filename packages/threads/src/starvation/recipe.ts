// Claim      Under an unfair lock a thread that waits is passed over more than a hundred times in a row; under a ticket lock
//            all are served in the order of asking, and each gets its share of the turns.
// Mechanism  Who gives an unfair lock back is awake and may take it again before the one that it woke has come to. A
//            ticket is a place in the queue, drawn when asking: nobody is overtaken.
// Use when   every thread has to get on, or the longest wait counts.
// Do not     take it for speed: each turn goes to a thread that has to be woken first, so a turn takes longer.
//            And nobody leaves the queue: a thread that is killed while it waits stops all behind it.
// Run        pnpm tsx packages/threads/src/main.ts starvation

import { threadId } from 'node:worker_threads';
import { expectWords } from '../mutex/shared-words.ts';
import type { SharedWords } from '../mutex/shared-words.ts';

const NEXT_TICKET = 0;
const SERVED = 1; // the ticket that is being served, or will be next
const OWNER = 2; // 0 nobody, or threadId + 1
const SEATS = 3;

/** Seats to sleep on, by ticket. More threads than seats are served all the same, some of them woken in vain. */
const SEAT_COUNT = 16; // a power of two, so that the seats stay in step where the ticket number wraps around

/** The number of 32-bit words that a ticket lock takes. */
export const TICKET_LOCK_WORDS = SEATS + SEAT_COUNT;

/**
 * A lock for one thread at a time, first come, first served: D. Reed and R. Kanodia, "Synchronization with Eventcounts and
 * Sequencers", 1979. Not reentrant.
 */
export class TicketLock {
  readonly #memory: SharedWords;
  readonly #at: number;

  /** @param memory zero, `TICKET_LOCK_WORDS` long from `at` on, before anybody uses the lock */
  constructor(memory: SharedWords, at = 0) {
    expectWords(memory, at, TICKET_LOCK_WORDS);
    this.#memory = memory;
    this.#at = at;
  }

  /** Waits, asleep, until it is this thread's turn. Returns its ticket. @throws Error where it holds the lock already */
  lock(): number {
    this.#expectOwner((owner) => owner !== threadId, 'Expected the lock not to be held by this thread already');
    const ticket = Atomics.add(this.#memory, this.#at + NEXT_TICKET, 1);
    const seat = this.#seatOf(ticket);
    // A seat is called with the ticket that is to be served. At the start no seat but the first shows its own number.
    for (let called; (called = Atomics.load(this.#memory, seat)) !== ticket;) Atomics.wait(this.#memory, seat, called);
    Atomics.store(this.#memory, this.#at + OWNER, threadId + 1);
    return ticket;
  }

  /** Takes the lock if nobody has it and nobody waits. Returns whether it did. */
  tryLock(): boolean {
    const ticket = Atomics.load(this.#memory, this.#at + NEXT_TICKET);
    if (Atomics.load(this.#memory, this.#seatOf(ticket)) !== ticket) return false; // not called yet: somebody has the lock
    const next = Atomics.compareExchange(this.#memory, this.#at + NEXT_TICKET, ticket, (ticket + 1) | 0);
    if (next !== ticket) return false;
    Atomics.store(this.#memory, this.#at + OWNER, threadId + 1);
    return true;
  }

  /** Calls the next in the queue. @throws Error where this thread does not hold the lock */
  unlock(): void {
    this.#expectOwner((owner) => owner === threadId, 'Expected the lock to be held by this thread');
    Atomics.store(this.#memory, this.#at + OWNER, 0);
    const next = (Atomics.load(this.#memory, this.#at + SERVED) + 1) | 0;
    const seat = this.#seatOf(next);
    Atomics.store(this.#memory, this.#at + SERVED, next);
    // The call comes last: from then on the lock is another's, who may have given it back before this thread's next step.
    Atomics.store(this.#memory, seat, next);
    // Nobody has drawn that ticket yet: whoever does will find its seat called, and needs no wake.
    if (Atomics.load(this.#memory, this.#at + NEXT_TICKET) !== next) Atomics.notify(this.#memory, seat);
  }

  /** Runs `body` under the lock and returns what it returns. The lock is given back even if `body` throws. */
  withLock<T>(body: () => T): T {
    this.lock();
    try {
      return body();
    } finally {
      this.unlock();
    }
  }

  #seatOf(ticket: number): number {
    return this.#at + SEATS + (ticket & (SEAT_COUNT - 1));
  }

  #expectOwner(right: (owner: number | undefined) => boolean, message: string): void {
    const number = Atomics.load(this.#memory, this.#at + OWNER);
    if (!right(number === 0 ? undefined : number - 1)) throw new Error(message);
  }
}
