// The unfinished runs of a store, whatever their folders: a run in a folder, in one around it or in one within it would
// change the names that another has still to put back.

import { lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { ancestors, fromPath, parentOf, show, toSystem, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import { Refusal } from '../plan/problems.ts';
import { removeQuietly, syncFolder } from './journal.ts';
import { readJournal, readSummary } from './read-journal.ts';
import type { Summary } from './read-journal.ts';
import { journalPath, lock, unfinishedRun } from './store.ts';

/** An unfinished run, and the folder of its journal. */
export interface Unfinished {
  readonly run: Summary;
  readonly folder: string;
}

/** The marks of all unfinished runs of a store: empty files, '<folder of the journal>.<id>'. */
function marksOf(folder: string): string {
  return join(dirname(folder), 'unfinished');
}

const LOCK_TIMEOUT_MS = 30_000;

/**
 * Enters a run, whose journal stands, in the list of the unfinished ones, so that it lasts.
 *
 * @throws Refusal where another unfinished run is in its way; the system's error where the list cannot be written
 */
export function markUnfinished(fs: FileSystem, folder: string, id: string, root: RawPath): void {
  const marks = marksOf(folder);
  const unlock = lock(dirname(folder), LOCK_TIMEOUT_MS);
  try {
    mkdirSync(marks, { recursive: true, mode: 0o700 });
    refuseBeside(folder, root, id);
    for (const { mark, run } of readMarks(folder)) if (run === undefined) removeQuietly(fs, fromPath(mark));
    fs.close(fs.open(fromPath(join(marks, `${basename(folder)}.${id}`)), 'w'));
    syncFolder(fs, marks);
  } finally {
    unlock();
  }
}

export function markFinished(fs: FileSystem, folder: string, id: string): void {
  removeQuietly(fs, fromPath(join(marksOf(folder), `${basename(folder)}.${id}`)));
}

/**
 * The unfinished run of a folder itself, also where it was begun under another path of the same folder.
 *
 * @throws Refusal where it has none, and one of a folder around it or within it is unfinished
 */
export function findUnfinished(folder: string, root: RawPath): Unfinished | undefined {
  const own = unfinishedRun(folder);
  if (own !== undefined) return { run: own, folder };
  const same = othersOf(folder).find(({ run }) => identityOfFolder(run.root) === identityOfFolder(root));
  if (same !== undefined) {
    expectIdle(same);
    return same;
  }
  refuseBeside(folder, root);
  return undefined;
}

/** @throws Refusal where a run that is not this one is unfinished in the folder, around it or within it */
function refuseBeside(folder: string, root: RawPath, id?: string): void {
  const other = othersOf(folder).find((one) => one.run.id !== id && touches(one, root));
  if (other === undefined) return;
  expectIdle(other);
  const { run } = other;
  throw new Refusal('journal', `run ${run.id} was interrupted in '${show(run.root)}': --recover there comes first`);
}

/** The unfinished runs of other folders. */
function othersOf(folder: string): Unfinished[] {
  return readMarks(folder).flatMap(({ run }) => (run === undefined || run.folder === folder ? [] : run));
}

/** A mark without an unfinished run is left from one that was killed at its very end. */
function readMarks(folder: string): { readonly mark: string; readonly run: Unfinished | undefined }[] {
  let names: string[];
  try {
    names = readdirSync(marksOf(folder));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
  return names.map((name) => {
    const dot = name.indexOf('.');
    const [of, id] = [join(dirname(folder), name.slice(0, dot)), name.slice(dot + 1)];
    const run = isThere(journalPath(of, id)) ? readSummary(journalPath(of, id)) : undefined;
    return { mark: join(marksOf(folder), name), run: run?.state === 'running' ? { run, folder: of } : undefined };
  });
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** @throws Refusal `busy` where the run is still at work */
export function expectIdle({ run, folder }: Unfinished): void {
  try {
    lock(folder)();
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem.kind !== 'busy') throw error;
    throw new Refusal('busy', `another run is at work in '${show(run.root)}'`);
  }
}

/**
 * Whether a folder and that of a run lie within each other. Folders are compared by their inodes, for a bind mount gives
 * one folder two paths; of the run also the folders whose names it changes, for one of them may be mounted elsewhere.
 */
function touches({ run, folder }: Unfinished, root: RawPath): boolean {
  if (lies(root, run.root) || lies(run.root, root)) return true;
  const way = new Set(wayTo(root).map(identityOfFolder));
  return (
    wayTo(run.root).some((path) => identityOfFolder(path) === identityOfFolder(root)) ||
    changedFolders(run, folder).some((path) => way.has(identityOfFolder(path)))
  );
}

/** Whether a path is that of a folder or under it; a run whose root cannot be read lies nowhere. */
function lies(path: RawPath, folder: RawPath): boolean {
  return folder !== '' && `${slashed(path)}/`.startsWith(`${slashed(folder).replace(/\/$/, '')}/`);
}

function slashed(path: RawPath): RawPath {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

function wayTo(path: RawPath): RawPath[] {
  return [path, ...ancestors(slashed(path)), '/'];
}

function changedFolders(run: Summary, folder: string): RawPath[] {
  const { steps } = readJournal(journalPath(folder, run.id));
  const folders = new Set(steps.flatMap(({ from, to }) => [parentOf(from), parentOf(to)]));
  return [...folders].map((path) => within(run.root, path));
}

/** Device and inode of a folder, links followed; the path itself where there is none. */
function identityOfFolder(path: RawPath): string {
  try {
    const stats = statSync(toSystem(path), { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? path : `${stats.dev}.${stats.ino}`;
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return path;
  }
}
