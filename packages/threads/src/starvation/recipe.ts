// Claim      Under an unfair lock a waiting thread is passed over 100 times in a row; a ticket lock serves in the order
//            of asking.
// Mechanism  The releasing thread is awake, and takes an unfair lock again first.
// Use when   the longest wait counts.
// Do not     expect speed: every turn waits for a wake. A thread killed in the queue stops all behind it.
// Copy       recipe.ts, ../mutex/shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts starvation

import { threadId } from 'node:worker_threads';
import { expectDone, expectWords } from '../mutex/shared-words.ts';
import type { Section, SharedWords } from '../mutex/shared-words.ts';

const NEXT_TICKET = 0;
const SERVED = 1; // the ticket that is being served, or will be next
const OWNER = 2; // 0 where it is free, or threadId + 1
const SEATS = 3;

/** Seats to sleep on, by ticket. More threads than seats are served all the same, some of them woken in vain. */
const SEAT_COUNT = 16; // a power of two, so that the seats stay in step where the ticket number wraps around

/** The number of 32-bit words that a ticket lock takes. */
export const TICKET_LOCK_WORDS = SEATS + SEAT_COUNT;

/** First come, first served: Reed and Kanodia, "Synchronization with Eventcounts and Sequencers", 1979. Not reentrant. */
export class TicketLock {
  readonly #memory: SharedWords;
  readonly #at: number;

  /** @param memory zero, `TICKET_LOCK_WORDS` long from `at` on, before any thread uses the lock */
  constructor(memory: SharedWords, at = 0) {
    expectWords(memory, at, TICKET_LOCK_WORDS);
    this.#memory = memory;
    this.#at = at;
  }

  /** Sleeps until it is this thread's turn. Returns its ticket. @throws Error where it holds the lock already */
  lock(): number {
    if (this.#isMine()) throw new Error('Expected the lock not to be held by this thread already');
    const ticket = Atomics.add(this.#memory, this.#at + NEXT_TICKET, 1);
    const seat = this.#seatOf(ticket);
    // A seat is called with the ticket that is to be served. At the start no seat but the first shows its own number.
    for (let called; (called = Atomics.load(this.#memory, seat)) !== ticket;) Atomics.wait(this.#memory, seat, called);
    Atomics.store(this.#memory, this.#at + OWNER, threadId + 1);
    return ticket;
  }

  /** Takes the lock if it is free and no thread waits. Returns whether it did. */
  tryLock(): boolean {
    const ticket = Atomics.load(this.#memory, this.#at + NEXT_TICKET);
    if (Atomics.load(this.#memory, this.#seatOf(ticket)) !== ticket) return false; // not called yet: another thread has the lock
    const next = Atomics.compareExchange(this.#memory, this.#at + NEXT_TICKET, ticket, (ticket + 1) | 0);
    if (next !== ticket) return false;
    Atomics.store(this.#memory, this.#at + OWNER, threadId + 1);
    return true;
  }

  /** Calls the next in the queue. @throws Error where this thread does not hold the lock */
  unlock(): void {
    if (!this.#isMine()) throw new Error('Expected the lock to be held by this thread');
    Atomics.store(this.#memory, this.#at + OWNER, 0);
    const next = (Atomics.load(this.#memory, this.#at + SERVED) + 1) | 0;
    const seat = this.#seatOf(next);
    Atomics.store(this.#memory, this.#at + SERVED, next);
    // The call comes last: from then on another thread has the lock, and may release it before this one's next step.
    Atomics.store(this.#memory, seat, next);
    // Where no thread has drawn that ticket yet, the one that will finds its seat called, and needs no wake.
    if (Atomics.load(this.#memory, this.#at + NEXT_TICKET) !== next) Atomics.notify(this.#memory, seat);
  }

  /** Runs `body` under the lock and returns what it returns. The lock is given back even if `body` throws. */
  withLock<T>(body: Section<T>): T {
    this.lock();
    try {
      return expectDone(body());
    } finally {
      this.unlock();
    }
  }

  #seatOf(ticket: number): number {
    return this.#at + SEATS + (ticket & (SEAT_COUNT - 1));
  }

  #isMine(): boolean {
    return Atomics.load(this.#memory, this.#at + OWNER) === threadId + 1;
  }
}
