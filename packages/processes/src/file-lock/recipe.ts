// Claim      Four processes that count in one file under this lock lose no count, also when a holder is killed.
// Mechanism  A turn is a file with its holder's pid, or 'free'. Once it is free, or its holder dead, one process takes the
//            next turn by link().
// Use when   processes share a file on one disk.
// Do not     use it in a server: acquire() blocks.
// Copy       recipe.ts, alive.ts, turns.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts file-lock

import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAsyncFunction } from 'node:util/types';
import { isAlive } from './alive.ts';
import { freeTurn, holderOf, latestTurn, pause, removeFilesOf, takeTurn } from './turns.ts';

export { createLock } from './turns.ts';

type Synchronous<T> = [Extract<T, PromiseLike<unknown>>] extends [never] ? unknown : never;

/** A lock between processes. */
export class FileLock {
  readonly #folder: string;
  readonly #own: string; // a file with our pid, for turns to be linked to
  #turn: number | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#own = path.join(folder, `pid-${process.pid}-${randomUUID()}`); // a process may open it more than once
    writeFileSync(this.#own, String(process.pid));
  }

  /**
   * Runs `work` under the lock and returns what it returns. The lock is given back even if `work` throws.
   *
   * @param work gets what `acquire` returns
   * @throws Error as `acquire`; TypeError where `work` is async: the lock would be given back at its first `await`
   */
  withLock<T>(work: ((from?: number) => T) & Synchronous<T>, limit?: number): T {
    if (isAsyncFunction(work)) throw new TypeError('Expected `work` to be synchronous, got an async function');
    const from = this.acquire(limit);
    try {
      return work(from);
    } finally {
      this.release();
    }
  }

  /**
   * Takes the lock, once its holder gives it back or is dead. Blocks this thread meanwhile.
   *
   * @param limit ms
   * @returns the pid of the dead holder that it was taken from: then check what the lock protects
   * @throws Error where it is not free within the limit; a pid that the system has given anew looks alive
   */
  acquire(limit = 10_000): number | undefined {
    const deadline = performance.now() + limit;
    for (;;) {
      const latest = latestTurn(this.#folder);
      const holder = holderOf(this.#folder, latest);
      if (holder === undefined || !isAlive(holder)) {
        if (takeTurn(this.#folder, latest + 1, this.#own)) {
          this.#turn = latest + 1;
          if (holder !== undefined) removeFilesOf(this.#folder, holder);
          return holder;
        }
      } else if (performance.now() > deadline) {
        throw new Error(`Expected the lock to be free within ${limit} ms, process ${holder} still holds it`);
      }
      pause();
    }
  }

  /** @throws Error where this process does not hold it */
  release(): void {
    if (this.#turn === undefined) throw new Error('Expected the lock to be held by this process, it is not');
    freeTurn(this.#folder, this.#turn, `${this.#own}-free`);
    this.#turn = undefined;
  }

  close(): void {
    if (this.#turn !== undefined) this.release();
    rmSync(this.#own, { force: true });
  }
}
