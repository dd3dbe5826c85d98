// Claim      Four processes that count in one file under this lock lose no count, also when a holder is killed.
// Mechanism  A turn is a file with its holder's pid, or 'free'. Once it is free, or its holder dead, one process takes the
//            next turn by link().
// Use when   processes share a file on a local disk.
// Do not     use it in a server: acquire() blocks.
// Copy       recipe.ts, alive.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts file-lock

import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from './alive.ts';

const FREE = 'free';
const POLL_MS = 1;

/** Makes the folder of a lock, free, before any process opens it. */
export function createLock(folder: string): void {
  mkdirSync(folder);
  writeFileSync(path.join(folder, '0'), FREE);
}

/**
 * A lock between processes. A lock file of one name would need a second step to remove a dead holder's, and two processes
 * that do so at once would each remove the other's; numbered turns need no such step.
 */
export class FileLock {
  readonly #folder: string;
  /** A file with our pid, for turns to be linked to. */
  readonly #own: string;
  #turn: number | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#own = path.join(folder, `pid-${process.pid}-${randomUUID()}`); // a process may open it more than once
    writeFileSync(this.#own, String(process.pid));
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
      const latest = this.#latest();
      const holder = this.#holderOf(latest);
      if (holder === undefined || !isAlive(holder)) {
        if (this.#take(latest)) {
          if (holder !== undefined) this.#removeFilesOf(holder);
          return holder;
        }
      } else if (performance.now() > deadline) {
        throw new Error(`Expected the lock to be free within ${limit} ms, process ${holder} still holds it`);
      }
      sleep(POLL_MS);
    }
  }

  /** @throws Error where this process does not hold it */
  release(): void {
    if (this.#turn === undefined) throw new Error('Expected the lock to be held by this process, it is not');
    const free = `${this.#own}-free`;
    writeFileSync(free, FREE);
    renameSync(free, this.#file(this.#turn)); // replaces it in one step: no process reads half a word
    this.#turn = undefined;
  }

  close(): void {
    if (this.#turn !== undefined) this.release();
    rmSync(this.#own, { force: true });
  }

  #take(latest: number): boolean {
    const turn = latest + 1;
    try {
      linkSync(this.#own, this.#file(turn));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
    // Turns are removed from the lowest up, the last but one is kept. If ours could be made because it had been
    // removed, we are late by some turns, and the one before it is gone too.
    if (!existsSync(this.#file(latest))) {
      rmSync(this.#file(turn), { force: true });
      return false;
    }
    this.#turn = turn;
    for (const old of this.#turns()) if (old < latest) rmSync(this.#file(old), { force: true });
    return true;
  }

  #removeFilesOf(dead: number): void {
    const files = readdirSync(this.#folder).filter((name) => name.startsWith(`pid-${dead}-`));
    for (const name of files) rmSync(path.join(this.#folder, name), { force: true });
  }

  /** The pid of a turn's holder; undefined where it is free. One that is gone is free too: taking the next one fails. */
  #holderOf(turn: number): number | undefined {
    try {
      const content = readFileSync(this.#file(turn), 'utf8');
      return content === FREE ? undefined : Number(content);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  #latest(): number {
    return this.#turns().at(-1) ?? 0;
  }

  #turns(): number[] {
    const numbers = readdirSync(this.#folder).map(Number);
    return numbers.filter((number) => !Number.isNaN(number)).toSorted((a, b) => a - b);
  }

  #file(turn: number): string {
    return path.join(this.#folder, String(turn));
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
