// Back again: a finished run by a run of its own, which can be undone in turn, an interrupted one step by step.

import { nodeFileSystem } from '../disk/file-system.ts';
import { readJournal, reopenJournal } from '../journal/journal.ts';
import type { Journal, Summary } from '../journal/journal.ts';
import { recordOutcome } from '../journal/record-outcome.ts';
import { journalPath, listRuns, storeFolder, unfinishedRun } from '../journal/store.ts';
import { ancestors, baseOf, parentOf, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Operation, Pair, Step } from '../plan/plan.ts';
import { Refusal } from '../plan/problems.ts';
import { applyRename, locked } from './apply-rename.ts';
import type { RunOptions } from './apply-rename.ts';
import { resultOf } from './result.ts';
import type { Result } from './result.ts';
import { putAllBack } from './roll-back.ts';

export interface HistoryEntry extends Summary {
  /** The later run that undid this one, where one did. */
  readonly undoneBy?: string;
}

/** The runs in a folder that are still known, the oldest first. */
export function history(root: RawPath, stateFolder?: string): HistoryEntry[] {
  const runs = listRuns(storeFolder(root, stateFolder));
  return runs.map((run) => {
    const undoing = runs.find(({ undoes, state }) => undoes === run.id && state === 'done');
    return undoing === undefined ? run : { ...run, undoneBy: undoing.id };
  });
}

/**
 * Undoes a run: the last one that stands, or the one that is named. An undo is itself a run, so that the next undo takes
 * it back. A run that was interrupted is put back by `recover`. Refuses whole where a name is taken or a file replaced.
 */
export async function undo(root: RawPath, id?: string, options: RunOptions = {}): Promise<Result> {
  const folder = storeFolder(root, options.stateFolder);
  const unfinished = unfinishedRun(folder);
  if (unfinished !== undefined && (id === undefined || id === unfinished.id)) return recover(root, options);

  const runs = history(root, options.stateFolder).filter(({ state }) => state === 'done');
  const run =
    id === undefined ? runs.findLast(({ undoneBy }) => undoneBy === undefined) : runs.find((one) => one.id === id);
  if (run === undefined || run.undoneBy !== undefined) {
    const what =
      run === undefined ? 'there is no such run to undo in this folder' : `run ${run.undoneBy} has undone it`;
    return resultOf('refused', [], { problems: [new Refusal('journal', what).problem] });
  }
  const journal = readJournal(journalPath(folder, run.id))!;
  const wish = (): Pair[] => reversed(journal.steps);
  return applyRename({ root, wish, move: true, undoes: run.id, removes: journal.makes }, options);
}

/** Puts back an interrupted run; it is no error where there is none. */
export async function recover(root: RawPath, options: RunOptions = {}): Promise<Result> {
  const fs = options.fs ?? nodeFileSystem;
  return locked(root, options, async (folder) => {
    const unfinished = unfinishedRun(folder);
    if (unfinished === undefined) return resultOf('ok', []);
    const path = journalPath(folder, unfinished.id);
    const run = readJournal(path)!;
    const writer = reopenJournal(fs, path);
    try {
      const done = run.steps.map((_, step) => step < begun(run));
      const problems = putAllBack(fs, run, run.steps.length, writer, done);
      const warnings = recordOutcome(fs, folder, run, writer, done);
      const operations = reversedOperations(run.steps);
      const renamed = run.steps.filter(({ temporary }, step) => !done[step] && temporary !== 'from').length;
      return resultOf(done.includes(true) ? 'partial' : 'ok', operations, { id: run.id, renamed, problems, warnings });
    } finally {
      writer.close();
    }
  });
}

/**
 * The steps that may have been begun. The file of each step shows how far it came, so all are looked at; only where
 * several steps move names of one file could one pass for another, and there every step was noted before it was begun.
 */
function begun({ steps, interval, progress }: Journal): number {
  return interval === 1 ? Math.min(steps.length, progress + 1) : steps.length;
}

/** The operations of a run, without its temporary names. */
function operationsOf(steps: readonly Step[]): Operation[] {
  const origins = new Map(steps.filter(({ temporary }) => temporary === 'to').map((step) => [step.to, step.from]));
  const ends = new Set(steps.filter(({ temporary }) => temporary === 'from').map(({ from }) => from));
  return steps
    .filter(({ to }) => !ends.has(to))
    .map((step) => (step.temporary === 'from' ? { ...step, from: origins.get(step.from) ?? step.from } : step));
}

/** From where the files are now to where they were, in the folders as they are called now. */
function reversed(steps: readonly Step[]): Pair[] {
  return reversedOperations(steps).map(({ from, to, identity }) => ({ from, to, ...(identity && { identity }) }));
}

function reversedOperations(steps: readonly Step[]): Operation[] {
  const operations = operationsOf(steps);
  const folders = operations.filter(({ folder }) => folder);
  const names = new Map(folders.map(({ from, to }) => [from, baseOf(to)]));
  const now = (path: RawPath): RawPath => (names.size === 0 ? path : relocate(path, names));
  return operations.map(({ from, to, folder, identity }) => ({
    from: now(to),
    to: now(from),
    folder,
    ...(identity !== undefined && { identity }),
  }));
}

/** A path after the folders that it leads through were renamed; its own last part stays. */
function relocate(path: RawPath, names: ReadonlyMap<RawPath, RawPath>): RawPath {
  let folder: RawPath = '';
  for (const old of ancestors(path).toReversed()) folder = within(folder, names.get(old) ?? baseOf(old));
  return parentOf(path) === '' ? path : within(folder, baseOf(path));
}
