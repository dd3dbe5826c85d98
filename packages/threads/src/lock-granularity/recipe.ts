// Claim      Under one lock for a table two threads that change different rows take turns; with a lock per row, or 16
//            for all rows, they work at once.
// Mechanism  A lock serialises all that is done under it.
// Use when   a lock is held for long and most waiters want other data.
// Do not     split a lock without waiters, or where all want one row.
// Copy       recipe.ts, ../mutex/recipe.ts, ../mutex/shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts lock-granularity

import { Mutex, MUTEX_WORDS } from '../mutex/recipe.ts';
import { expectDone, sharedWords } from '../mutex/shared-words.ts';
import type { SharedWords } from '../mutex/shared-words.ts';

const GROUPS = 16;

/** How many locks a table of so many rows has. */
const lockCounts = {
  table: () => 1,
  row: (rows: number) => rows,
  group: (rows: number) => Math.min(GROUPS, rows),
};

/** What a lock covers: the table, a row, or a group of rows. */
export type Grain = keyof typeof lockCounts;

/** A table of numbers that threads change under locks. */
export class LockedTable {
  readonly #rows: SharedWords;
  readonly #locks: readonly Mutex[];

  /** The table in memory of `LockedTable.memory`, with the same `rows` and `grain` in every thread. */
  constructor(memory: SharedWords, rows: number, grain: Grain) {
    const locks = lockCounts[grain](rows);
    if (memory.length !== rows + locks * MUTEX_WORDS) {
      throw new RangeError(
        `Expected \`memory\` to be that of ${rows} rows with a lock a ${grain}, got ${memory.length} words`,
      );
    }
    this.#rows = memory.subarray(0, rows);
    this.#locks = Array.from({ length: locks }, (_, lock) => new Mutex(memory, rows + lock * MUTEX_WORDS));
  }

  /** Memory for a table, all of it zero. @throws RangeError where `rows` is not an integer from 1 up */
  static memory(rows: number, grain: Grain): SharedWords {
    if (!Number.isInteger(rows) || rows < 1) {
      throw new RangeError(`Expected \`rows\` to be an integer from 1 up, got ${rows}`);
    }
    return sharedWords(rows + lockCounts[grain](rows) * MUTEX_WORDS);
  }

  /** Replaces a row by what `change` makes of it. No other thread changes what is under the same lock meanwhile. */
  update(row: number, change: (value: number) => number): void {
    const value = this.#rows[row];
    if (value === undefined) {
      throw new RangeError(`Expected \`row\` to be an integer from 0 to ${this.#rows.length - 1}, got ${row}`);
    }
    const lock = this.#locks[row % this.#locks.length]!;
    lock.withLock(() => {
      this.#rows[row] = expectDone(change(this.#rows[row]!));
    });
  }

  /**
   * Frees the locks that a thread which is gone still holds: see `Mutex.recover`. Returns the rows under them. The one that
   * it was to change has its old value or its new one.
   */
  recover(deadThread: number): number[] {
    const freed = this.#locks.map((lock) => lock.recover(deadThread));
    return [...this.#rows.keys()].filter((row) => freed[row % freed.length]);
  }

  get sum(): number {
    return this.#rows.reduce((sum, row) => sum + row, 0);
  }
}
