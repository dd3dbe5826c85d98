// Claim      Readers are inside together, a writer alone, and no reader sees half of a write.
// Mechanism  Each reader takes a seat. A writer keeps new ones out, and waits until all seats are empty.
// Use when   reads are long and many, writes few.
// Do not     use it for short sections: an entry costs as much as a mutex's, and a write looks at every seat.
// Copy       recipe.ts, ../mutex/shared-words.ts, ../semaphore/waiters.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts read-write-lock

import { threadId } from 'node:worker_threads';
import { expectDone, expectWords } from '../mutex/shared-words.ts';
import type { Section, SharedWords } from '../mutex/shared-words.ts';
import { Waiters, WAITERS_WORDS } from '../semaphore/waiters.ts';

/** The most readers that are inside at once; more wait. As many as a word has bits. */
const SEATS = 32;

/** The number of 32-bit words that a read-write lock takes. */
export const READ_WRITE_LOCK_WORDS = WAITERS_WORDS + 2 + SEATS;

const FREE = 0;

/**
 * Many readers or one writer. Not reentrant, and a reader cannot become a writer: it would wait for itself.
 *
 * The seats of the readers and the word of the writer hold threadId + 1, as the locks of the Linux kernel that are called
 * big-reader locks hold one for each CPU: what a thread that is killed had is known.
 */
export class ReadWriteLock {
  readonly #memory: SharedWords;
  readonly #waiters: Waiters;
  /** The writer that is inside, or waits for the readers to leave. */
  readonly #writer: number;
  /** A bit for each seat that is taken: 0 where no reader is inside. */
  readonly #taken: number;
  readonly #seats: number;
  readonly #self = threadId + 1;
  /** The seats that this thread has, by this object: one, or one for each of its tasks. */
  readonly #mine: number[] = [];
  #writing = false;

  /** @param memory `READ_WRITE_LOCK_WORDS` words from `at` on, zero before any thread uses the lock */
  constructor(memory: SharedWords, at = 0) {
    expectWords(memory, at, READ_WRITE_LOCK_WORDS);
    this.#memory = memory;
    this.#waiters = new Waiters(memory, at);
    this.#writer = at + WAITERS_WORDS;
    this.#taken = this.#writer + 1;
    this.#seats = this.#taken + 1;
  }

  /** Lets this thread read; sleeps while a writer is inside or waits. @throws Error where it holds the lock already */
  lockRead(): void {
    this.tryLockRead(Infinity);
  }

  /** `lockRead` that gives up after `timeLimit` ms. Returns whether this thread may read. */
  tryLockRead(timeLimit = 0): boolean {
    if (this.#mine.length === 0 && this.#sit()) return true;
    this.#expectNotHeld();
    return this.#waiters.sleepUntil(() => this.#sit(), timeLimit);
  }

  /**
   * `tryLockRead` that leaves the event loop free while it waits; other tasks of this thread may read, or write, meanwhile.
   *
   * @throws the signal's reason where it is aborted before
   */
  lockReadAsync(timeLimit = Infinity, signal?: AbortSignal): Promise<boolean> {
    return this.#waiters.waitUntil(() => this.#sit(), timeLimit, signal);
  }

  /** Ends reading. @throws Error where this thread does not read */
  unlockRead(): void {
    const seat = this.#mine.pop();
    if (seat === undefined) throw new Error('Expected the lock to be held for reading by this thread');
    this.#getUp(seat);
    Atomics.store(this.#memory, this.#seats + seat, FREE);
    this.#waiters.wake();
  }

  /** Lets this thread write; sleeps while another thread is inside. @throws Error where it holds the lock already */
  lockWrite(): void {
    this.tryLockWrite(Infinity);
  }

  /** `lockWrite` that gives up after `timeLimit` ms. Returns whether this thread may write. */
  tryLockWrite(timeLimit = 0): boolean {
    this.#expectNotHeld();
    // A look at the clock costs more than the rest of a write that does not wait.
    const deadline = timeLimit === Infinity ? Infinity : performance.now() + timeLimit;
    if (!this.#waiters.sleepUntil(() => this.#keepReadersOut(), timeLimit)) return false;
    const left = deadline === Infinity ? Infinity : deadline - performance.now();
    return this.#enter(this.#waiters.sleepUntil(() => this.#isEmpty(), left));
  }

  /** `tryLockWrite` that leaves the event loop free while it waits. @throws the signal's reason where it is aborted before */
  async lockWriteAsync(timeLimit = Infinity, signal?: AbortSignal): Promise<boolean> {
    const deadline = performance.now() + timeLimit;
    if (!(await this.#waiters.waitUntil(() => this.#keepReadersOut(), timeLimit, signal))) return false;
    let alone = false;
    try {
      alone = await this.#waiters.waitUntil(() => this.#isEmpty(), deadline - performance.now(), signal);
    } finally {
      this.#enter(alone);
    }
    return alone;
  }

  /** Ends writing. @throws Error where this thread does not write */
  unlockWrite(): void {
    if (!this.#writing) throw new Error('Expected the lock to be held for writing by this thread');
    this.#enter(false);
  }

  /** Runs `body` as a reader. */
  withRead<T>(body: Section<T>): T {
    this.lockRead();
    try {
      return expectDone(body());
    } finally {
      this.unlockRead();
    }
  }

  /** Runs `body` as the writer. */
  withWrite<T>(body: Section<T>): T {
    this.lockWrite();
    try {
      return expectDone(body());
    } finally {
      this.unlockWrite();
    }
  }

  /** `withRead` for a body that awaits. @throws as `lockReadAsync` */
  async withReadAsync<T>(body: () => T | PromiseLike<T>, signal?: AbortSignal): Promise<T> {
    await this.lockReadAsync(Infinity, signal);
    try {
      return await body();
    } finally {
      this.unlockRead();
    }
  }

  /** `withWrite` for a body that awaits. @throws as `lockWriteAsync` */
  async withWriteAsync<T>(body: () => T | PromiseLike<T>, signal?: AbortSignal): Promise<T> {
    await this.lockWriteAsync(Infinity, signal);
    try {
      return await body();
    } finally {
      this.unlockWrite();
    }
  }

  /**
   * Takes away what a thread that is gone had, as a reader, as the writer or as a writer that waited, and wakes all
   * sleepers, since a wake may have gone with it. Returns whether it was a writer: then it may have left half of a change.
   */
  recover(deadThread: number): boolean {
    for (let seat = 0; seat < SEATS; seat++) {
      // Taken over first: of two that recover, or if one of them is killed too, no other reader has the seat meanwhile.
      const [dead, mine] = [deadThread + 1, -this.#self];
      const place = this.#seats + seat;
      if (!this.#swap(place, dead, mine) && !this.#swap(place, -dead, mine)) continue;
      this.#getUp(seat);
      Atomics.store(this.#memory, place, FREE);
    }
    const wrote = this.#swap(this.#writer, deadThread + 1, FREE);
    this.#waiters.wakeAll();
    return wrote;
  }

  /** Takes a seat, where no writer is inside or waits. */
  #sit(): boolean {
    if (this.#load(this.#writer) !== FREE) return false;
    let seat = threadId % SEATS; // each thread begins at another one: readers seldom meet at one
    for (let tried = 0; !this.#swap(this.#seats + seat, FREE, this.#self); seat = (seat + 1) % SEATS) {
      if (++tried === SEATS) return false;
    }
    this.#mine.push(seat);
    Atomics.or(this.#memory, this.#taken, 1 << seat);
    // A writer that came meanwhile may have looked at the seats before: only one of both goes on.
    if (this.#load(this.#writer) === FREE) return true;
    this.unlockRead();
    return false;
  }

  #keepReadersOut(): boolean {
    return this.#swap(this.#writer, FREE, this.#self);
  }

  #getUp(seat: number): void {
    Atomics.and(this.#memory, this.#taken, ~(1 << seat));
  }

  #isEmpty(): boolean {
    return this.#load(this.#taken) === 0;
  }

  /** Goes inside as the writer, or leaves: readers may be asleep because of a writer that gives up, too. */
  #enter(alone: boolean): boolean {
    this.#writing = alone;
    if (alone) return true;
    Atomics.store(this.#memory, this.#writer, FREE);
    this.#waiters.wake();
    return false;
  }

  /** This thread would wait for itself. */
  #expectNotHeld(): void {
    if (this.#mine.length > 0 || this.#load(this.#writer) === this.#self) {
      throw new Error('Expected the lock not to be held by this thread already');
    }
  }

  #load(word: number): number {
    return Atomics.load(this.#memory, word);
  }

  #swap(word: number, from: number, to: number): boolean {
    return Atomics.compareExchange(this.#memory, word, from, to) === from;
  }
}
