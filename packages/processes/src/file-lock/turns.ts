// The files of a lock: numbered turns, each with the pid of its holder or the word 'free', and a file of each process
// with its pid, for turns to be linked to. A lock file of one name would need a second step to remove a dead holder's, and
// two processes that do so at once would each remove the other's.

import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FREE = 'free';

/** Makes the folder of a lock, with a first turn that is free, before any process opens it. */
export function createLock(folder: string): void {
  mkdirSync(folder);
  writeFileSync(turnFile(folder, 0), FREE);
}

function turnFile(folder: string, turn: number): string {
  return path.join(folder, String(turn));
}

export function latestTurn(folder: string): number {
  return turnsOf(folder).at(-1) ?? 0;
}

/** The pid of a turn's holder; undefined where it is free. One that is gone is free too: taking the next one fails. */
export function holderOf(folder: string, turn: number): number | undefined {
  try {
    const content = readFileSync(turnFile(folder, turn), 'utf8');
    return content === FREE ? undefined : Number(content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Takes a turn by a link to `own`. False where another process has it, or has gone on to a later one. */
export function takeTurn(folder: string, turn: number, own: string): boolean {
  try {
    linkSync(own, turnFile(folder, turn)); // for one process only, and with its content in the same step
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  // It could be made anew if we are late by some turns, and it had been removed. The latest turn is always there: it is
  // removed after two more are. That the turn before ours is there shows nothing: another late process may have made it.
  const turns = turnsOf(folder);
  const isLate = turns.at(-1) !== turn;
  for (const old of isLate ? [turn] : turns.filter((one) => one < turn - 1))
    rmSync(turnFile(folder, old), { force: true });
  return !isLate;
}

/**
 * Frees a turn by a file with the word: renamed, so that no process reads half of it. Windows refuses to replace a file (EPERM)
 * while another process reads it, which takes a moment.
 *
 * @throws the system's error where the file cannot be replaced within a second
 */
export function freeTurn(folder: string, turn: number, free: string, rename: Rename = renameSync): void {
  writeFileSync(free, FREE);
  for (const deadline = performance.now() + 1_000; ;) {
    try {
      return rename(free, turnFile(folder, turn));
    } catch (error) {
      const isRead = ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isRead || performance.now() > deadline) throw error;
    }
    pause();
  }
}

type Rename = (from: string, to: string) => void;

/** Puts this thread to sleep for 1 ms. */
export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

/** Removes what a dead process left in the folder, apart from its turn. */
export function removeFilesOf(folder: string, pid: number): void {
  const files = readdirSync(folder).filter((name) => name.startsWith(`pid-${pid}-`));
  for (const name of files) rmSync(path.join(folder, name), { force: true });
}

function turnsOf(folder: string): number[] {
  const numbers = readdirSync(folder).map(Number);
  return numbers.filter((number) => !Number.isNaN(number)).toSorted((a, b) => a - b);
}
