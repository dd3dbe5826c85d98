// Claim      Under an unfair lock a waiting thread is passed over 100 times in a row; a ticket lock serves in the order
//            of asking.
// Mechanism  The releasing thread is awake, and takes an unfair lock again first.
// Use when   the longest wait counts.
// Do not     expect speed: every turn waits for a wake. A thread killed in the queue stops all behind it until `recover`.
// Copy       recipe.ts, ../mutex/shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts starvation

import { threadId } from 'node:worker_threads';
import { expectDone, expectWords, whileWaiting } from '../mutex/shared-words.ts';
import type { Section, SharedWords } from '../mutex/shared-words.ts';

/** Places in the queue, a power of two. More threads than places wait for one, in no order. */
const PLACES = 16;
const PLACES_BITS = 4;

const NEXT_TICKET = 0;
const SERVED = 1; // the ticket that is being served, or will be next
const PLACE = 2; // of each ticket in turn: whose it is
const CALL = PLACE + PLACES; // what the thread at that place sleeps on

/** The number of 32-bit words that a ticket lock takes. */
export const TICKET_LOCK_WORDS = CALL + PLACES;

// A place holds, in its lower 20 bits, who has drawn its ticket, and above them how often the queue has gone round: a thread
// that was held up between looking and acting finds another number there, and does nothing.
const NOBODY = 0;
const GONE = 2 ** 20 - 1; // drawn, and given up: to be passed over

/**
 * First come, first served: Reed and Kanodia, "Synchronization with Eventcounts and Sequencers", 1979. The tickets lie in a
 * ring with the names of those who drew them, and whoever finds a step half done completes it, as in the queue of Michael
 * and Scott, 1996: so that a thread which is killed at any step can be recovered. Not reentrant. `threadId` up to 1,048,573.
 */
export class TicketLock {
  readonly #memory: SharedWords;
  readonly #at: number;
  readonly #self = threadId + 1;
  /** Tasks of this thread that wait, by this object. */
  #tasks = 0;

  /** @param memory zero, `TICKET_LOCK_WORDS` long from `at` on, before any thread uses the lock */
  constructor(memory: SharedWords, at = 0) {
    expectWords(memory, at, TICKET_LOCK_WORDS);
    this.#memory = memory;
    this.#at = at;
  }

  /**
   * Sleeps until it is this thread's turn. Returns its ticket.
   *
   * @throws Error where this thread holds the lock, or a task of it waits for it: its turn would never come
   */
  lock(): number {
    let step = this.#step(undefined);
    if (step.sleepOn !== undefined) this.#expectTurn(step.ticket);
    for (; step.sleepOn !== undefined; step = this.#step(step.ticket)) {
      Atomics.wait(this.#memory, step.sleepOn.word, step.sleepOn.seen);
    }
    return step.ticket!;
  }

  /**
   * `lock` that leaves the event loop free while it waits. A task that computes when its turn comes holds up all behind it,
   * as any order of asking does: take a `Mutex` where that must not be.
   *
   * @throws the signal's reason where it is aborted before its turn: the ticket is given up
   */
  async lockAsync(signal?: AbortSignal): Promise<number> {
    signal?.throwIfAborted();
    this.#tasks++;
    let step = this.#step(undefined);
    try {
      await whileWaiting(signal, async (aborted) => {
        for (; step.sleepOn !== undefined; step = this.#step(step.ticket)) {
          const { word, seen } = step.sleepOn;
          await Promise.race([Atomics.waitAsync(this.#memory, word, seen).value, aborted]);
        }
      });
      return step.ticket!;
    } catch (error) {
      if (step.ticket !== undefined) this.#leave(step.ticket, this.#self);
      throw error;
    } finally {
      this.#tasks--;
    }
  }

  /** Takes the lock if it is free and no thread waits. Returns whether it did. */
  tryLock(): boolean {
    const ticket = this.#load(SERVED);
    return this.#load(NEXT_TICKET) === ticket && this.#draw(ticket);
  }

  /** Calls the next in the queue. @throws Error where this thread does not hold the lock */
  unlock(): void {
    const served = this.#load(SERVED);
    const place = PLACE + placeOf(served);
    if (!this.#swap(place, round(served) + this.#self, round(served + PLACES) + NOBODY)) {
      throw new Error('Expected the lock to be held by this thread');
    }
    this.#callNext(this.#pass(served)); // what `callNext` would find first
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

  /** `withLock` for a body that awaits: the lock is held until its promise is settled. @throws as `lockAsync` */
  async withLockAsync<T>(body: () => T | PromiseLike<T>, signal?: AbortSignal): Promise<T> {
    await this.lockAsync(signal);
    try {
      return await body();
    } finally {
      this.unlock();
    }
  }

  /** The thread that holds the lock, by its `threadId`; undefined where it is free. */
  get owner(): number | undefined {
    const name = this.#whose(this.#load(SERVED));
    return name === undefined || name === NOBODY || name === GONE ? undefined : name - 1;
  }

  /**
   * Has the tickets of a thread that is gone passed over, completes what it left half done, and wakes all sleepers. Returns
   * whether it held the lock: then it may have left half of a change behind.
   */
  recover(deadThread: number): boolean {
    const held = this.owner === deadThread;
    for (let ticket = this.#load(SERVED), n = 0; n < PLACES; n++, ticket = (ticket + 1) | 0) {
      this.#leave(ticket, deadThread + 1);
      this.#call(ticket);
    }
    this.#callNext();
    return held;
  }

  /** One step of a thread that has drawn a ticket, or has not: the ticket it has now, and what to sleep on until the next. */
  #step(drawn: number | undefined): { ticket?: number; sleepOn?: { word: number; seen: number } } {
    for (let ticket = drawn; ;) {
      const next = ticket ?? this.#load(NEXT_TICKET);
      if (ticket === undefined && this.#draw(next)) {
        if (this.#load(SERVED) === next) return { ticket: next };
        ticket = next;
      }
      const word = this.#at + CALL + placeOf(next);
      const sleepOn = { word, seen: Atomics.load(this.#memory, word) }; // first: a call after it ends the sleep at once
      if (ticket !== undefined) return this.#load(SERVED) === ticket ? { ticket } : { ticket, sleepOn };
      if (this.#whose(next) === undefined && this.#load(NEXT_TICKET) === next) return { sleepOn }; // no place is free
    }
  }

  /** Gives the ticket back and throws, where the turn of this thread would never come. */
  #expectTurn(ticket: number | undefined): void {
    const holds = this.owner === threadId && this.#load(SERVED) !== ticket; // else its turn has come meanwhile
    if (!holds && this.#tasks === 0) return;
    if (ticket !== undefined) this.#leave(ticket, this.#self);
    throw new Error(
      holds
        ? 'Expected the lock not to be held by this thread already'
        : 'Expected no task of this thread to wait for the lock: it would be served first',
    );
  }

  /** Draws that ticket, if nobody has. */
  #draw(ticket: number): boolean {
    const drawn = this.#set(ticket, NOBODY, this.#self);
    // Whoever finds the ticket drawn and not counted counts it.
    if (drawn || (this.#whose(ticket) ?? NOBODY) !== NOBODY) this.#advance(NEXT_TICKET, ticket);
    return drawn;
  }

  /** Done with a ticket, if that name has drawn it. */
  #leave(ticket: number, name: number): void {
    if (this.#set(ticket, name, GONE)) this.#callNext();
  }

  /** Moves on to the first ticket that is not done with, and wakes the thread that has it. */
  #callNext(moved = false): void {
    for (let served = this.#load(SERVED); ; served = this.#load(SERVED)) {
      const name = this.#whose(served);
      if (name === GONE) {
        this.#advance(NEXT_TICKET, served); // the thread that drew it may not have come to that
        this.#swap(PLACE + placeOf(served), round(served) + GONE, round(served + PLACES) + NOBODY);
      }
      if (name === GONE || name === undefined) {
        // the place is that of a later ticket, which may be drawn already
        moved = this.#pass(served) || moved;
        continue;
      }
      // Where nobody has drawn the next ticket yet, the thread that will finds it served, and needs no wake.
      if (moved && name !== NOBODY) this.#call(served);
      return;
    }
  }

  /** Has the ticket after that one served, unless another thread has done so, and wakes who waits for the place. */
  #pass(ticket: number): boolean {
    const moved = this.#advance(SERVED, ticket);
    if (this.#load(NEXT_TICKET) === ((ticket + PLACES) | 0)) this.#call(ticket);
    return moved;
  }

  /** Wakes the thread that has that ticket, or waits for its place. */
  #call(ticket: number): void {
    const word = this.#at + CALL + placeOf(ticket);
    Atomics.add(this.#memory, word, 1);
    Atomics.notify(this.#memory, word);
  }

  /** Who has drawn that ticket; undefined where its place is that of another ticket now. */
  #whose(ticket: number): number | undefined {
    const number = this.#load(PLACE + placeOf(ticket)) - round(ticket);
    return number >= 0 && number <= GONE ? number : undefined;
  }

  #set(ticket: number, from: number, to: number): boolean {
    return this.#swap(PLACE + placeOf(ticket), round(ticket) + from, round(ticket) + to);
  }

  /** Moves a number on from that ticket to the one after it, unless another thread has done so. */
  #advance(word: number, ticket: number): boolean {
    return this.#swap(word, ticket, (ticket + 1) | 0);
  }

  #swap(word: number, from: number, to: number): boolean {
    return Atomics.compareExchange(this.#memory, this.#at + word, from, to) === from;
  }

  #load(word: number): number {
    return Atomics.load(this.#memory, this.#at + word);
  }
}

function placeOf(ticket: number): number {
  return ticket & (PLACES - 1);
}

/** How often the queue had gone round before that ticket, above the 20 bits of the name; it starts again after 2,048. */
function round(ticket: number): number {
  return ((ticket >>> PLACES_BITS) & 0x7ff) << 20;
}
