// Claim      Processes lose no count in memory of their own. In one file they lose updates; in a transaction, or by
//            appended lines, none.
// Mechanism  A file is read, changed and written like a shared number: what others write meanwhile is overwritten.
// Use when   processes share state that outlives them.
// Do not     trust locks on a network drive. `file-lock` is a lock without a database.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts no-locks

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Where the counter is. */
export type Way = 'own memory' | 'file' | 'append' | 'transaction';

/** Something that counts one, in a place that other processes may count in too. */
export type Count = () => void;

let own = 0;

const close = (): void => {};

/** How to count in `folder`, each way. */
export function openCounter(way: Way, folder: string): { count: Count; close: () => void } {
  const file = path.join(folder, 'counter');

  if (way === 'own memory') return { count: () => void own++, close };

  if (way === 'file')
    return { count: () => writeFileSync(file, String(Number(readFileSync(file, 'utf8')) + 1)), close };

  if (way === 'append') return { count: () => appendFileSync(file, `${process.pid} was here\n`), close };

  const database = openDatabase(folder);
  const read = database.prepare('SELECT value FROM counter');
  const write = database.prepare('UPDATE counter SET value = ?');
  const count = (): void => void write.run((read.get() as { value: number }).value + 1);
  return { count: () => inTransaction(database, count), close: () => database.close() };
}

/** Makes a change that is kept as a whole, or, where `change` throws, undone as a whole: then its error passes through. */
function inTransaction(database: DatabaseSync, change: () => void): void {
  database.exec('BEGIN IMMEDIATE'); // a plain BEGIN would let two read before either writes
  try {
    change();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK'); // else all others would wait for it
    throw error;
  }
}

/** Lays out an empty counter for a way. */
export function createCounter(way: Way, folder: string): void {
  own = 0;
  if (way === 'transaction') {
    const database = openDatabase(folder);
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE counter (value INTEGER); INSERT INTO counter VALUES (0)');
    database.close();
  } else {
    writeFileSync(path.join(folder, 'counter'), way === 'append' ? '' : '0');
  }
}

/** The counter's value; in memory of its own only the process itself can read it. */
export function readCounter(way: Way, folder: string): number {
  if (way === 'own memory') return own;
  if (way === 'transaction') {
    const database = openDatabase(folder);
    const { value } = database.prepare('SELECT value FROM counter').get() as { value: number };
    database.close();
    return value;
  }
  const text = readFileSync(path.join(folder, 'counter'), 'utf8');
  return way === 'append' ? text.split('\n').filter((line) => /^\d+ was here$/.test(line)).length : Number(text);
}

/** A process waits for another one's transaction for up to so long, ms, then throws. */
const TIMEOUT_MS = 10_000;

export function openDatabase(folder: string): DatabaseSync {
  const database = new DatabaseSync(path.join(folder, 'counter.sqlite'), { timeout: TIMEOUT_MS });
  database.exec('PRAGMA synchronous = NORMAL'); // survives the end of a process, not that of the power
  return database;
}
