// Claim      The thread that holds this mutex may take it again; others wait until it was released as often.
// Mechanism  A count of its holder's entries stands beside the mutex.
// Use when   a locked function calls another that takes the same lock.
// Do not     use it where that can be avoided: the inner function sees a change half done.
// Copy       recipe.ts, ../mutex/recipe.ts, ../mutex/shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts reentrant-mutex

import { threadId } from 'node:worker_threads';
import { Mutex, MUTEX_WORDS } from '../mutex/recipe.ts';
import { expectDone, expectWords } from '../mutex/shared-words.ts';
import type { Section, SharedWords } from '../mutex/shared-words.ts';

/** The number of 32-bit words that a reentrant mutex takes: the mutex, and how often it is held. */
export const REENTRANT_MUTEX_WORDS = MUTEX_WORDS + 1;

/**
 * A lock that is free again once its holder has given it back as often as it took it. It has no async way: the holder is a
 * thread, and another task of it would come in, too.
 */
export class ReentrantMutex {
  readonly #mutex: Mutex;
  readonly #memory: SharedWords;
  readonly #depth: number;

  /** @param memory two words from `at` on, zero before any thread uses the lock */
  constructor(memory: SharedWords, at = 0) {
    expectWords(memory, at, REENTRANT_MUTEX_WORDS);
    this.#mutex = new Mutex(memory, at);
    this.#memory = memory;
    this.#depth = at + MUTEX_WORDS;
  }

  /** Takes the lock, once more where this thread holds it already; sleeps while another thread does. */
  lock(): void {
    this.tryLock(Infinity);
  }

  /** Takes the lock if it becomes free within `timeLimit` ms. Returns whether it did. */
  tryLock(timeLimit = 0): boolean {
    const mine = this.#mutex.owner === threadId;
    if (!mine && !this.#mutex.tryLock(timeLimit)) return false;
    // Plain, since only the holder touches it. Not counted up by who has just come in: a thread that was killed inside has
    // left its count there.
    this.#memory[this.#depth] = mine ? this.#memory[this.#depth]! + 1 : 1;
    return true;
  }

  /** Gives the lock back once. @throws Error where this thread does not hold it */
  unlock(): void {
    if (this.#mutex.owner !== threadId) throw new Error('Expected the lock to be held by this thread');
    this.#memory[this.#depth]!--;
    if (this.#memory[this.#depth] === 0) this.#mutex.unlock();
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

  /** Frees what a thread that is gone still holds, however often it took it. Returns whether it did: see `Mutex.recover`. */
  recover(deadThread: number): boolean {
    return this.#mutex.recover(deadThread);
  }
}
