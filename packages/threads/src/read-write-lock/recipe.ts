// Claim      Readers are inside together, a writer alone, and no reader sees half of a write.
// Mechanism  One word holds the number of readers, or the writer. A waiting writer goes first.
// Use when   reads are long and many, writes few.
// Do not     use it for short sections: every entry writes to one word, as with a mutex. Readers starve while writers
//            keep coming.
// Copy       recipe.ts, ../mutex/shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts read-write-lock

import { threadId } from 'node:worker_threads';
import { expectDone, expectWords } from '../mutex/shared-words.ts';
import type { Section, SharedWords } from '../mutex/shared-words.ts';

/** The number of 32-bit words that a read-write lock takes. */
export const READ_WRITE_LOCK_WORDS = 4;

/** Many readers or one writer. Not reentrant, and a reader cannot become a writer: it would wait for itself. */
export class ReadWriteLock {
  readonly #memory: SharedWords;
  /** 0 where it is free, the number of readers, or -(threadId + 1) of the writer. */
  readonly #inside: number;
  readonly #writersWaiting: number;
  readonly #changes: number;
  readonly #sleepers: number;
  /** Whether this thread reads, by this object. */
  #reading = false;

  /** @param memory four words from `at` on, zero before any thread uses the lock */
  constructor(memory: SharedWords, at = 0) {
    expectWords(memory, at, READ_WRITE_LOCK_WORDS);
    this.#memory = memory;
    this.#inside = at;
    this.#writersWaiting = at + 1;
    this.#changes = at + 2;
    this.#sleepers = at + 3;
  }

  /** Lets this thread read; sleeps while a writer is inside or waits. @throws Error where it holds the lock already */
  lockRead(): void {
    this.tryLockRead(Infinity);
  }

  /** `lockRead` that gives up after `timeLimit` ms. Returns whether this thread may read. */
  tryLockRead(timeLimit = 0): boolean {
    this.#expectNotHeld();
    this.#reading = this.#sleepUntil(timeLimit, () => {
      if (this.#load(this.#writersWaiting) > 0) return false;
      for (let inside; (inside = this.#load(this.#inside)) >= 0;) {
        if (this.#swap(inside, inside + 1)) return true; // else another reader came in or left: no reason to sleep
      }
      return false;
    });
    return this.#reading;
  }

  /** Ends reading. @throws Error where this thread does not read */
  unlockRead(): void {
    if (!this.#reading) throw new Error('Expected the lock to be held for reading by this thread');
    this.#reading = false;
    if (Atomics.sub(this.#memory, this.#inside, 1) === 1) this.#wake();
  }

  /** Lets this thread write; sleeps while another thread is inside. @throws Error where it holds the lock already */
  lockWrite(): void {
    this.tryLockWrite(Infinity);
  }

  /** `lockWrite` that gives up after `timeLimit` ms. Returns whether this thread may write. */
  tryLockWrite(timeLimit = 0): boolean {
    this.#expectNotHeld();
    Atomics.add(this.#memory, this.#writersWaiting, 1);
    const writing = this.#sleepUntil(timeLimit, () => this.#swap(0, -(threadId + 1)));
    // Readers may be asleep because of a writer that now gives up.
    if (Atomics.sub(this.#memory, this.#writersWaiting, 1) === 1 && !writing) this.#wake();
    return writing;
  }

  /** Ends writing. @throws Error where this thread does not write */
  unlockWrite(): void {
    if (!this.#swap(-(threadId + 1), 0)) throw new Error('Expected the lock to be held for writing by this thread');
    this.#wake();
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

  /** Tries until `enter` succeeds or the time is over; sleeps between two tries until `#wake`. */
  #sleepUntil(timeLimit: number, enter: () => boolean): boolean {
    if (enter()) return true;
    if (timeLimit <= 0) return false;
    const deadline = performance.now() + timeLimit;
    for (;;) {
      // Read before the attempt: a change after it keeps the wait from beginning.
      const seen = this.#load(this.#changes);
      if (enter()) return true;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      Atomics.add(this.#memory, this.#sleepers, 1);
      Atomics.wait(this.#memory, this.#changes, seen, left);
      Atomics.sub(this.#memory, this.#sleepers, 1);
    }
  }

  #wake(): void {
    Atomics.add(this.#memory, this.#changes, 1);
    if (this.#load(this.#sleepers) > 0) Atomics.notify(this.#memory, this.#changes);
  }

  #expectNotHeld(): void {
    if (this.#reading || this.#load(this.#inside) === -(threadId + 1)) {
      throw new Error('Expected the lock not to be held by this thread already');
    }
  }

  #load(word: number): number {
    return Atomics.load(this.#memory, word);
  }

  #swap(from: number, to: number): boolean {
    return Atomics.compareExchange(this.#memory, this.#inside, from, to) === from;
  }
}
