// Where journals lie: in the user's state folder, a folder of its own for each folder that is worked on.

import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import os from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { fromPath } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import { Refusal } from '../plan/problems.ts';
import { removeQuietly, UNFINISHED } from './journal.ts';
import { readSummary } from './read-journal.ts';
import type { Summary } from './read-journal.ts';

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

/**
 * The id of the next run in a folder of journals: '12-20261122T025301-9f3c'. The number is the order of the runs; a clock may
 * be set back.
 */
export function newId(folder: string, now = new Date()): string {
  const number = 1 + Math.max(0, ...idsIn(folder).map(numberOf));
  return `${number}-${now.toISOString().replaceAll(/[-:]|\..*/g, '')}-${randomBytes(2).toString('hex')}`;
}

function numberOf(id: string): number {
  return Number(/^\d+/.exec(id)?.[0] ?? 0);
}

const ENDING = '.journal';

export function journalPath(folder: string, id: string): string {
  return join(folder, `${id}${ENDING}`);
}

/** The oldest first. */
function idsIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
    const ids = names.map((name) => name.slice(0, -ENDING.length)).toSorted();
    return ids.toSorted((a, b) => numberOf(a) - numberOf(b));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The runs in a folder, the oldest first. */
export function listRuns(folder: string): Summary[] {
  return idsIn(folder).map((id) => readSummary(journalPath(folder, id)));
}

/** The last run that did not finish: any of them, for a journal may come back from a copy, or be damaged. */
export function unfinishedRun(folder: string): Summary | undefined {
  return listRuns(folder).findLast(({ state }) => state === 'running');
}

/** Removes journals beyond those that are kept, and what is left of one that was never finished being written. */
export function prune(fs: FileSystem, folder: string): void {
  for (const { id, state, damaged } of listRuns(folder).slice(0, -KEPT)) {
    if (state !== 'running' && damaged === undefined) removeQuietly(fs, fromPath(journalPath(folder, id)));
  }
  for (const name of readdirSync(folder).filter((one) => one.endsWith(UNFINISHED))) {
    removeQuietly(fs, fromPath(join(folder, name)));
  }
}

const SQLITE_BUSY = 5;

/**
 * Makes this process the only one that renames in a folder, or writes into the list of a store. The lock is SQLite's, so the system lets go of it when the
 * process ends, however it ends, and a number of a dead process is never taken for a living one.
 *
 * @param timeout ms that another holder is waited for
 * @returns the function that lets go
 * @throws Refusal `busy` where another run has it, `journal` where the state folder cannot be written
 */
export function lock(folder: string, timeout = 0): () => void {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    database = new DatabaseSync(join(folder, 'lock.db'), { timeout });
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
