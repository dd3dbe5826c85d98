// Claim      Two threads that hand over by two semaphores alternate strictly: FooBar, 3,000 times. Of k permits no more
//            than k are ever out.
// Mechanism  A permit is a number, decremented atomically and never below zero.
// Use when   a few at a time may use something, or one thread waits for another.
// Do not     take it for a mutex: it has no owner.
// Copy       recipe.ts, ../mutex/shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts semaphore

import { expectDone, expectWords, sharedWords } from '../mutex/shared-words.ts';
import type { Section, SharedWords } from '../mutex/shared-words.ts';

/** The number of 32-bit words that a semaphore takes. */
const SEMAPHORE_WORDS = 3;

/** The largest number that a word holds. */
const MOST = 2 ** 31 - 1;

/** A number of permits that threads take and give. */
export class Semaphore {
  /** The words of the semaphore: post them to another thread and construct it there over the same. */
  readonly memory: SharedWords;
  readonly #permits: number;
  readonly #sleepers: number;
  readonly #most: number;

  /** The semaphore in memory that `Semaphore.create` has laid out. */
  constructor(memory: SharedWords, at = 0) {
    expectWords(memory, at, SEMAPHORE_WORDS);
    this.memory = memory;
    this.#permits = at;
    this.#sleepers = at + 1;
    this.#most = at + 2;
  }

  /**
   * A new semaphore.
   *
   * @param permits free at the start
   * @param most permits there are; to give more back is refused
   */
  static create(permits: number, most = Math.max(1, permits)): Semaphore {
    if (!Number.isInteger(most) || most < 1 || most > MOST) {
      throw new RangeError(`Expected \`most\` to be an integer from 1 to ${MOST}, got ${most}`);
    }
    if (!Number.isInteger(permits) || permits < 0 || permits > most) {
      throw new RangeError(`Expected \`permits\` to be an integer from 0 to ${most}, got ${permits}`);
    }
    const semaphore = new Semaphore(sharedWords(SEMAPHORE_WORDS));
    semaphore.memory.set([permits, 0, most]);
    return semaphore;
  }

  /** Takes a permit, asleep until there is one. Blocks the event loop of its thread. */
  acquire(): void {
    this.tryAcquire(Infinity);
  }

  /** Takes a permit if there is one within `timeLimit` ms. Returns whether it did. */
  tryAcquire(timeLimit = 0): boolean {
    if (this.#take()) return true;
    if (timeLimit <= 0) return false;
    const deadline = performance.now() + timeLimit;
    // Counted before the wait: a permit given after this wakes us, one given before lets the wait return at once.
    Atomics.add(this.memory, this.#sleepers, 1);
    try {
      while (!this.#take()) {
        const left = deadline - performance.now();
        if (left <= 0) return false;
        Atomics.wait(this.memory, this.#permits, 0, left);
      }
      return true;
    } finally {
      Atomics.sub(this.memory, this.#sleepers, 1);
    }
  }

  /** Gives a permit back; any thread may. @throws Error where all of them are in already */
  release(): void {
    const most = this.memory[this.#most]!;
    for (let free; (free = Atomics.load(this.memory, this.#permits)) < most;) {
      if (Atomics.compareExchange(this.memory, this.#permits, free, free + 1) !== free) continue;
      if (Atomics.load(this.memory, this.#sleepers) > 0) Atomics.notify(this.memory, this.#permits, 1);
      return;
    }
    throw new Error(`Expected a permit to be out, but all ${most} are in`);
  }

  /** Runs `body` with a permit and returns what it returns. The permit is given back even if `body` throws. */
  withPermit<T>(body: Section<T>): T {
    this.acquire();
    try {
      return expectDone(body());
    } finally {
      this.release();
    }
  }

  /** Permits that are free now. */
  get free(): number {
    return Atomics.load(this.memory, this.#permits);
  }

  #take(): boolean {
    for (let free; (free = Atomics.load(this.memory, this.#permits)) > 0;) {
      if (Atomics.compareExchange(this.memory, this.#permits, free, free - 1) === free) return true;
    }
    return false;
  }
}
