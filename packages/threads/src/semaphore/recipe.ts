// Claim      Two threads that hand over by two semaphores alternate strictly: FooBar, 3,000 times. Of k permits no more
//            than k are ever out.
// Mechanism  A permit is a word with the thread that took it, by `compareExchange`.
// Use when   a few at a time may use something, or a thread waits for another.
// Do not     take it for a mutex: any thread may give back.
// Copy       recipe.ts, waiters.ts, ../mutex/shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts semaphore

import { threadId } from 'node:worker_threads';
import { expectDone, expectWords, sharedWords } from '../mutex/shared-words.ts';
import type { Section, SharedWords } from '../mutex/shared-words.ts';
import { Waiters, WAITERS_WORDS } from './waiters.ts';

/** The most permits of a semaphore. Each has a word: what a thread that is killed has taken is known, and can be recovered. */
const MOST = 4_096;

const FREE = 0;
/** Out from the start: no thread took it. */
const NOBODY = -1;

/** A number of permits that threads take and give. */
export class Semaphore {
  /** The words of the semaphore: post them to another thread and construct it there over the same. */
  readonly memory: SharedWords;
  readonly #waiters: Waiters;
  readonly #permits: SharedWords;
  readonly #self = threadId + 1;
  /** Where this object took a permit last: to look there first. */
  #last: number;

  /** The semaphore in memory that `Semaphore.create` has laid out: its waiters, then a word for each permit. */
  constructor(memory: SharedWords) {
    expectWords(memory, 0, WAITERS_WORDS + 1);
    this.memory = memory;
    this.#waiters = new Waiters(memory, 0);
    this.#permits = memory.subarray(WAITERS_WORDS);
    this.#last = threadId % this.#permits.length; // threads that start to look at different places do not meet
  }

  /**
   * A new semaphore.
   *
   * @param permits free at the start
   * @param most permits there are, up to 4,096; to give more back is refused
   */
  static create(permits: number, most = Math.max(1, permits)): Semaphore {
    if (!Number.isInteger(most) || most < 1 || most > MOST) {
      throw new RangeError(`Expected \`most\` to be an integer from 1 to ${MOST}, got ${most}`);
    }
    if (!Number.isInteger(permits) || permits < 0 || permits > most) {
      throw new RangeError(`Expected \`permits\` to be an integer from 0 to ${most}, got ${permits}`);
    }
    const semaphore = new Semaphore(sharedWords(WAITERS_WORDS + most));
    semaphore.#permits.fill(NOBODY, permits);
    return semaphore;
  }

  /** Takes a permit, asleep until there is one. Blocks the event loop of its thread. */
  acquire(): void {
    this.tryAcquire(Infinity);
  }

  /** Takes a permit if there is one within `timeLimit` ms. Returns whether it did. */
  tryAcquire(timeLimit = 0): boolean {
    return this.#waiters.sleepUntil(() => this.#replace(FREE, this.#self), timeLimit);
  }

  /** `tryAcquire` that leaves the event loop free while it waits. @throws the signal's reason where it is aborted before */
  acquireAsync(timeLimit = Infinity, signal?: AbortSignal): Promise<boolean> {
    return this.#waiters.waitUntil(() => this.#replace(FREE, this.#self), timeLimit, signal);
  }

  /**
   * Gives a permit back: one that this thread took, else one that no thread took, else another thread's.
   *
   * @throws Error where all of them are in already
   */
  release(): void {
    if (!this.#replace(this.#self, FREE) && !this.#giveAnother()) {
      throw new Error(`Expected a permit to be out, but all ${this.#permits.length} are in`);
    }
    this.#waiters.wake(1);
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

  /** `withPermit` for a body that awaits: the permit is out until its promise is settled. @throws as `acquireAsync` */
  async withPermitAsync<T>(body: () => T | PromiseLike<T>, signal?: AbortSignal): Promise<T> {
    await this.acquireAsync(Infinity, signal);
    try {
      return await body();
    } finally {
      this.release();
    }
  }

  /** Permits that are free now. */
  get free(): number {
    return this.#permits.length - this.#takers().length;
  }

  /**
   * Gives back what a thread that is gone has taken, and wakes all sleepers, since a wake may have gone with it. A permit
   * that it took and another thread was to give back is among them. Returns how many there were.
   */
  recover(deadThread: number): number {
    let given = 0;
    while (this.#replace(deadThread + 1, FREE)) given++;
    this.#waiters.wakeAll();
    return given;
  }

  /** Gives back a permit that this thread did not take. Returns whether one was out. */
  #giveAnother(): boolean {
    for (;;) {
      const { changes } = this.#waiters;
      if (this.#replace(NOBODY, FREE) || this.#takers().some((taker) => this.#replace(taker, FREE))) return true;
      if (changes === this.#waiters.changes) return false; // else one was given back, and another taken, behind this look
    }
  }

  /** Changes one permit from `from` to `to`, the one that was taken last first. Returns whether there was one. */
  #replace(from: number, to: number): boolean {
    const { length } = this.#permits;
    for (let n = 0; n < length; n++) {
      const place = (this.#last + n) % length;
      if (Atomics.compareExchange(this.#permits, place, from, to) !== from) continue;
      this.#last = place;
      return true;
    }
    return false;
  }

  /** Who has taken the permits that are out. */
  #takers(): number[] {
    return Array.from(this.#permits, (_, place) => Atomics.load(this.#permits, place)).filter((one) => one !== FREE);
  }
}
