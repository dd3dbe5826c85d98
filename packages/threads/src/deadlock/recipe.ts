// Claim      Two threads that take two locks in opposite order stop for good, without an error; in one order, or with a
//            back-off, all transfers complete.
// Mechanism  Each holds what the other waits for. One order never closes this circle.
// Use when   something needs two locks at once.
// Do not     back off for a fixed time: both come back together. Do not rely on time limits.
// Copy       recipe.ts, ../mutex/recipe.ts, ../mutex/shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts deadlock

import type { Mutex } from '../mutex/recipe.ts';
import type { Section } from '../mutex/shared-words.ts';
import { expectDone, sharedWords } from '../mutex/shared-words.ts';

/** What is needed of a lock. */
export type Lock = Pick<Mutex, 'lock' | 'tryLock' | 'unlock'>;

/** Takes two of the locks, by their indices. */
export type Take = (locks: readonly Lock[], first: number, second: number) => void;

/** Three ways to take two locks. They differ by the order, and by what is done where the second one is not free. */
export const ways = {
  /** Stops for good where another thread takes the same two the other way round, and each has its first. */
  'opposite order'(locks, first, second) {
    locks[first]!.lock();
    locks[second]!.lock();
  },

  /** Lets go of the first lock where the second is not free, and tries again. */
  'back off'(locks, first, second) {
    for (;;) {
      locks[first]!.lock();
      if (locks[second]!.tryLock()) return;
      locks[first]!.unlock();
      sleepAtRandom();
    }
  },

  /** The lower index first, in all threads: costs nothing. */
  'one order'(locks, first, second) {
    locks[Math.min(first, second)]!.lock();
    locks[Math.max(first, second)]!.lock();
  },
} satisfies Record<string, Take>;

export type Way = keyof typeof ways;

/**
 * Runs `body` under two locks and returns what it returns. Both are released even if `body` throws.
 *
 * @throws RangeError where the two are one, which could not be taken twice
 */
export function withBoth<T>(take: Take, locks: readonly Lock[], first: number, second: number, body: Section<T>): T {
  if (first === second) throw new RangeError(`Expected two different locks, got ${first} twice`);
  take(locks, first, second);
  try {
    return expectDone(body());
  } finally {
    locks[second]!.unlock();
    locks[first]!.unlock();
  }
}

/**
 * Whether each of two threads holds one of these locks and waits for the other. They sleep for good, and nothing but
 * `terminate()` ends them; no `finally` of theirs runs.
 */
export function isDeadlocked(one: Mutex, other: Mutex): boolean {
  const held = one.owner !== undefined && other.owner !== undefined;
  return held && one.owner !== other.owner && one.contended && other.contended;
}

const neverWoken = sharedWords(1);

/** Up to 1 ms: two threads that back off for the same time come back at the same time. */
function sleepAtRandom(): void {
  Atomics.wait(neverWoken, 0, 0, Math.random());
}
