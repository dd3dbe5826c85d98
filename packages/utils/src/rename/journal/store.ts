// Where journals lie: in the user's state folder, a folder of its own for each folder that is worked on.

import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, unlinkSync } from 'node:fs';
import os from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf } from '../disk/file-system.ts';
import type { RawPath } from '../names/raw-path.ts';
import { Refusal } from '../plan/problems.ts';
import { readSummary } from './journal.ts';
import type { Summary } from './journal.ts';

/** Runs that are kept for each folder; older ones can no longer be undone. */
const KEPT = 20;

/** $XDG_STATE_HOME, or the default of the system where it is not set. */
export function defaultStateFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const { XDG_STATE_HOME: xdg = '', LOCALAPPDATA: local } = env;
  const base =
    (isAbsolute(xdg) && xdg) ||
    (platform === 'win32' && local) ||
    (platform === 'darwin' && join(os.homedir(), 'Library', 'Application Support')) ||
    join(os.homedir(), '.local', 'state');
  return join(base, 'concurrency-cookbook', 'rename');
}

/** The folder of the journals for `root`, an absolute real path. */
export function storeFolder(root: RawPath, stateFolder = defaultStateFolder()): string {
  return join(resolve(stateFolder), createHash('sha256').update(root, 'latin1').digest('hex').slice(0, 16));
}

/** Ids sort by time: '20261122T025301123-9f3c'. */
export function newId(now = new Date()): string {
  return `${now.toISOString().replaceAll(/[-:.Z]/g, '')}-${randomBytes(2).toString('hex')}`;
}

export function journalPath(folder: string, id: string): string {
  return join(folder, `${id}.journal`);
}

function idsIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.journal'));
    return names.map((name) => name.slice(0, -'.journal'.length)).toSorted();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The runs in a folder, the oldest first. A journal without an end is no run: nothing was renamed. */
export function listRuns(folder: string): Summary[] {
  return idsIn(folder).flatMap((id) => readSummary(journalPath(folder, id)) ?? []);
}

/** The last run, where it did not finish. No other can be unfinished: while one is, none begins. */
export function unfinishedRun(folder: string): Summary | undefined {
  const last = idsIn(folder).at(-1);
  const run = last === undefined ? undefined : readSummary(journalPath(folder, last));
  return run?.state === 'running' ? run : undefined;
}

/** Removes journals beyond those that are kept, and one that was never finished being written. */
export function prune(folder: string): void {
  const ids = idsIn(folder);
  for (const id of ids.slice(0, Math.max(0, ids.length - KEPT))) unlinkSync(journalPath(folder, id));
  const last = ids.at(-1);
  if (last !== undefined && readSummary(journalPath(folder, last)) === undefined) unlinkSync(journalPath(folder, last));
}

const SQLITE_BUSY = 5;

/**
 * Makes this process the only one that renames in a folder. The lock is SQLite's, so the system lets go of it when the
 * process ends, however it ends, and a number of a dead process is never taken for a living one.
 *
 * @returns the function that lets go
 * @throws Refusal `busy` where another run has it, `journal` where the state folder cannot be written
 */
export function lock(folder: string): () => void {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    database = new DatabaseSync(join(folder, 'lock.db'));
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return () => held.close();
  } catch (error) {
    database?.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) {
      throw new Refusal('busy', 'another run is at work in this folder');
    }
    throw new Refusal('journal', `cannot write to the state folder '${folder}': ${(error as Error).message}`);
  }
}
