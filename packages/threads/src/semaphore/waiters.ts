// Threads and tasks that wait for a change of shared memory: what the locks with more than one word have in common.

import { whileWaiting } from '../mutex/shared-words.ts';
import type { SharedWords } from '../mutex/shared-words.ts';

/** The number of 32-bit words that waiters take. */
export const WAITERS_WORDS = 2;

/** In the second word: a task may wait. The bits below count the threads that sleep. */
const TASKS = 1 << 30;

/** Whoever waits until something can be done. One that is killed is counted on, which costs a wake now and then. */
export class Waiters {
  readonly #memory: SharedWords;
  readonly #changes: number;
  readonly #waiting: number;

  /** @param memory two words from `at` on, zero before any thread uses them */
  constructor(memory: SharedWords, at: number) {
    this.#memory = memory;
    this.#changes = at;
    this.#waiting = at + 1;
  }

  /** Tries `enter` until it succeeds or `timeLimit` ms are over, asleep between two tries. Returns whether it did. */
  sleepUntil(enter: () => boolean, timeLimit: number): boolean {
    if (enter()) return true;
    if (timeLimit <= 0) return false;
    const deadline = performance.now() + timeLimit;
    Atomics.add(this.#memory, this.#waiting, 1); // before the next try: whoever changes something after that try wakes it
    try {
      for (;;) {
        const seen = Atomics.load(this.#memory, this.#changes);
        if (enter()) return true;
        const left = deadline - performance.now();
        if (left <= 0) return false;
        Atomics.wait(this.#memory, this.#changes, seen, left);
      }
    } finally {
      Atomics.sub(this.#memory, this.#waiting, 1);
    }
  }

  /** `sleepUntil` that leaves the event loop free while it waits. @throws the signal's reason where it is aborted before */
  async waitUntil(enter: () => boolean, timeLimit: number, signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted();
    if (enter()) return true;
    if (timeLimit <= 0) return false;
    const deadline = performance.now() + timeLimit;
    return whileWaiting(signal, async (aborted) => {
      for (;;) {
        Atomics.or(this.#memory, this.#waiting, TASKS);
        const seen = Atomics.load(this.#memory, this.#changes);
        // Taken off meanwhile, for a change that is counted already: nobody would wake this task for the next.
        if ((Atomics.load(this.#memory, this.#waiting) & TASKS) === 0) continue;
        if (enter()) return true;
        const left = deadline - performance.now();
        if (left <= 0) return false;
        await Promise.race([Atomics.waitAsync(this.#memory, this.#changes, seen, left).value, aborted]);
      }
    });
  }

  /**
   * To be called after every change that may let somebody in: wakes `threads` of those that sleep. Where a task may wait,
   * it wakes all, since a task cannot act on a wake before its thread has time for it.
   */
  wake(threads = Infinity): void {
    const waiting = Atomics.load(this.#memory, this.#waiting);
    // Taken off before the change is counted: a task that has looked at the count later announces itself again.
    if ((waiting & TASKS) !== 0) Atomics.and(this.#memory, this.#waiting, ~TASKS);
    Atomics.add(this.#memory, this.#changes, 1);
    if (waiting === 0) return;
    Atomics.notify(this.#memory, this.#changes, (waiting & TASKS) === 0 ? threads : Infinity);
  }

  /** How many changes there were: two equal numbers, and nothing was given back between. */
  get changes(): number {
    return Atomics.load(this.#memory, this.#changes);
  }

  /** After the death of a thread, which may have taken a mark off and woken nobody: wakes all. */
  wakeAll(): void {
    Atomics.add(this.#memory, this.#changes, 1);
    Atomics.notify(this.#memory, this.#changes);
  }
}
