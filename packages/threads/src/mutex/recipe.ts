// Claim      Under this mutex no two threads are ever inside at once and no update is lost. A flag that is tested, then
//            set, lets two in.
// Mechanism  `compareExchange` tests and sets in one step. The word names the owner.
// Use when   several values change together.
// Do not     lock for one counter: `Atomics.add` is cheaper. On the main thread use `lockAsync`.
// Copy       recipe.ts, shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts mutex

import { threadId } from 'node:worker_threads';
import { expectDone, expectWords, whileWaiting } from './shared-words.ts';
import type { Section, SharedWords } from './shared-words.ts';

/** The number of 32-bit words that a mutex takes. */
export const MUTEX_WORDS = 1;

// The values of the word: free; the number of the thread that holds it; the same with the top bit, and a thread may be
// asleep. These are the three states of U. Drepper, "Futexes Are Tricky", section 5, with the owner in the word as in
// Linux's robust futexes: a thread that is killed leaves its number on what it held. The bit below it says that a task may
// wait: a task cannot act on a wake before its thread has time for it, so that unlock wakes all, and no wake is lost.
const FREE = 0;
const SLEEPERS = 1 << 31;
const TASKS = 1 << 30;

/** A lock for one thread at a time, over one word of shared memory. Not reentrant: see `reentrant-mutex`. */
export class Mutex {
  readonly #memory: SharedWords;
  readonly #at: number;
  readonly #self = threadId + 1;

  /** @param memory zero at `at` before any thread uses the lock */
  constructor(memory: SharedWords, at = 0) {
    expectWords(memory, at, MUTEX_WORDS);
    this.#memory = memory;
    this.#at = at;
  }

  /** Takes the lock; sleeps until it is free. @throws Error where this thread holds it already: it would wait for ever */
  lock(): void {
    this.tryLock(Infinity);
  }

  /** Takes the lock if it is free within `timeLimit` ms. Returns whether it did. @throws Error as `lock`, if it has to wait */
  tryLock(timeLimit = 0): boolean {
    if (this.#take(FREE, this.#self)) return true;
    if (timeLimit <= 0) return false;
    if (this.owner === threadId) throw new Error('Expected the lock not to be held by this thread already');
    const deadline = performance.now() + timeLimit;
    for (let seen; (seen = this.#takeOrAnnounce(SLEEPERS)) !== FREE;) {
      // Only now: a thread that gives up has announced the sleepers, so a wake that it used up is not lost to them.
      const left = deadline - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.#memory, this.#at, seen, left);
    }
    return true;
  }

  /**
   * `tryLock` that leaves the event loop free while it waits; another task of this thread may hold the lock meanwhile.
   *
   * @throws the signal's reason where it is aborted before the lock is taken
   */
  async lockAsync(timeLimit = Infinity, signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted();
    if (this.#take(FREE, this.#self)) return true;
    const deadline = performance.now() + timeLimit;
    return whileWaiting(signal, async (aborted) => {
      for (let seen; (seen = this.#takeOrAnnounce(TASKS)) !== FREE;) {
        const left = deadline - performance.now();
        if (left <= 0) return false;
        await Promise.race([Atomics.waitAsync(this.#memory, this.#at, seen, left).value, aborted]);
      }
      return true;
    });
  }

  /** Gives the lock back. @throws Error where this thread does not hold it */
  unlock(): void {
    if (this.#take(this.#self, FREE)) return; // no thread is asleep: none to wake
    if (this.owner !== threadId) throw new Error('Expected the lock to be held by this thread');
    const seen = Atomics.exchange(this.#memory, this.#at, FREE);
    Atomics.notify(this.#memory, this.#at, (seen & TASKS) === 0 ? 1 : Infinity);
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
    await this.lockAsync(Infinity, signal);
    try {
      return await body();
    } finally {
      this.unlock();
    }
  }

  /** The thread that holds the lock, by its `threadId`; undefined where it is free. */
  get owner(): number | undefined {
    const number = Atomics.load(this.#memory, this.#at) & ~(SLEEPERS | TASKS);
    return number === FREE ? undefined : number - 1;
  }

  /** Whether a thread may be asleep for it. */
  get contended(): boolean {
    return (Atomics.load(this.#memory, this.#at) & (SLEEPERS | TASKS)) !== 0;
  }

  /**
   * Frees what a thread that is gone still holds, and wakes all sleepers, since a wake may have gone with it. Returns
   * whether it held the lock: then it may have left half of a change behind.
   */
  recover(deadThread: number): boolean {
    const dead = deadThread + 1;
    const held = [0, SLEEPERS, TASKS, SLEEPERS | TASKS].some((waiting) => this.#take(dead | waiting, FREE));
    Atomics.notify(this.#memory, this.#at);
    return held;
  }

  #take(from: number, to: number): boolean {
    return Atomics.compareExchange(this.#memory, this.#at, from, to) === from;
  }

  /** Takes a free lock and returns FREE; else marks it as waited for and returns the value to sleep on. */
  #takeOrAnnounce(waiting: number): number {
    for (;;) {
      const seen = Atomics.load(this.#memory, this.#at);
      // Taken with the mark: others may be asleep, and the thread that was woken last cannot know.
      if (seen === FREE ? this.#take(FREE, this.#self | SLEEPERS) : this.#take(seen, seen | waiting)) {
        return seen === FREE ? FREE : seen | waiting;
      }
    }
  }
}
