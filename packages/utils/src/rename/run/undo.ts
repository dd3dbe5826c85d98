// Back again: a finished run by a run of its own, which can be undone in turn, an interrupted one step by step.

import { nodeFileSystem } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import type { JournalWriter } from '../journal/journal.ts';
import { readJournal, reopenJournal } from '../journal/read-journal.ts';
import type { Journal, Summary } from '../journal/read-journal.ts';
import { recordOutcome } from '../journal/record-outcome.ts';
import { journalPath, listRuns, lock, storeFolder } from '../journal/store.ts';
import { findUnfinished, markFinished } from '../journal/unfinished.ts';
import { ancestors, baseOf, fromPath, parentOf, show, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Operation, Pair, Step } from '../plan/plan.ts';
import { Refusal } from '../plan/problems.ts';
import type { Problem } from '../plan/problems.ts';
import { applyRename, locked } from './apply-rename.ts';
import type { RunOptions } from './apply-rename.ts';
import { resultOf } from './result.ts';
import type { Result } from './result.ts';
import { putAllBack } from './roll-back.ts';

export type HistoryEntry = Summary & {
  /** The later run that undid this one, where one did. */
  readonly undoneBy?: string;
};

/** The runs in a folder that are still known, the oldest first. */
export function history(root: RawPath, stateFolder?: string): HistoryEntry[] {
  const runs = listRuns(storeFolder(root, stateFolder));
  return runs.map((run) => {
    const undoing = runs.find(({ undoes, state, partly }) => undoes === run.id && state === 'done' && !partly);
    return undoing === undefined ? run : { ...run, undoneBy: undoing.id };
  });
}

/**
 * Undoes a run: the last one that stands, or the one that is named. An undo is itself a run, so that the next undo takes
 * it back. A run that was interrupted is put back by `recover`. Refuses whole where a name is taken or a file replaced;
 * with `keepGoing` it leaves out what is refused, and the run can be undone again by its id.
 */
export async function undo(root: RawPath, id?: string, options: RunOptions = {}): Promise<Result> {
  const folder = storeFolder(root, options.stateFolder);
  try {
    const unfinished = findUnfinished(folder, root)?.run;
    if (unfinished !== undefined && (id === undefined || id === unfinished.id)) return await recover(root, options);
  } catch (error) {
    if (error instanceof Refusal) return resultOf('refused', [], { problems: [error.problem] });
    throw error;
  }

  const runs = history(root, options.stateFolder).filter(({ state }) => state === 'done');
  const run =
    id === undefined ? runs.findLast(({ undoneBy }) => undoneBy === undefined) : runs.find((one) => one.id === id);
  if (run === undefined || run.undoneBy !== undefined) {
    const what =
      run === undefined ? 'there is no such run to undo in this folder' : `run ${run.undoneBy} has undone it`;
    return resultOf('refused', [], { problems: [new Refusal('journal', what).problem] });
  }
  const journal = readJournal(journalPath(folder, run.id));
  if (journal.damaged !== undefined && !options.keepGoing) {
    const what = `${show(fromPath(journal.damaged))}: the journal of run ${run.id}: --keep-going undoes what can be read`;
    return resultOf('refused', [], { problems: [new Refusal('damaged', what).problem] });
  }
  const wish = (): Pair[] => reversed(journal.steps);
  return applyRename({ root, wish, move: true, undoes: run.id, removes: journal.makes }, options);
}

/**
 * Puts back an interrupted run; it is no error where there is none. Where something cannot be put back the run stays open,
 * so that it can be tried again; with `keepGoing` it is ended, and a damaged journal is set aside.
 */
export async function recover(root: RawPath, options: RunOptions = {}): Promise<Result> {
  return locked(root, options, async (own) => {
    const unfinished = findUnfinished(own, root);
    if (unfinished === undefined) return resultOf('ok', []);
    const { folder } = unfinished;
    const unlock = folder === own ? (): void => {} : lock(folder);
    try {
      return recoverRun(root, folder, unfinished.run.id, options);
    } finally {
      unlock();
    }
  });
}

function recoverRun(root: RawPath, folder: string, id: string, options: RunOptions): Result {
  const { fs = nodeFileSystem, keepGoing = false, edited = false } = options;
  const path = journalPath(folder, id);
  const read = readJournal(path);
  // The folder may have another path now.
  const run: Journal = { ...read, id, root };
  const damaged = read.damaged !== undefined;
  const writer = damaged ? UNWRITTEN : reopenJournal(fs, path);
  try {
    const done = run.steps.map((_, step) => step < begun(run));
    const inFlight = run.unsteady && !damaged ? run.progress : -1;
    const problems = putAllBack(fs, run, run.steps.length, writer, done, { inFlight, edited });
    const renamed = run.steps.filter(({ temporary }, step) => !done[step] && temporary !== 'from').length;
    const operations = reversedOperations(run.steps);
    if (damaged) return { ...endDamaged(fs, folder, run, keepGoing, problems), operations, renamed };
    const open = problems.length > 0 && !keepGoing;
    const warnings = recordOutcome(fs, folder, run, writer, done, { open });
    if (open) warnings.push(STAYS_OPEN);
    return resultOf(problems.length > 0 ? 'partial' : 'ok', operations, { id, renamed, problems, warnings });
  } finally {
    writer.close();
  }
}

const STAYS_OPEN =
  'the run stays open: --recover tries the rest again, --recover --keep-going leaves it as it is and ends the run';

/** A damaged journal is left as it is. */
const UNWRITTEN: JournalWriter = { progress() {}, state() {}, identity() {}, close() {} };

function endDamaged(
  fs: FileSystem,
  folder: string,
  { id }: Journal,
  keepGoing: boolean,
  met: readonly Problem[],
): Result {
  const path = journalPath(folder, id);
  const kept = keepGoing ? `${path}${SET_ASIDE}` : path;
  if (keepGoing) {
    fs.rename(fromPath(path), fromPath(kept));
    markFinished(fs, folder, id);
  }
  const next = keepGoing ? 'it is set aside' : '--recover --keep-going sets it aside';
  const what = `${show(fromPath(kept))}: the journal cannot be read as it was written: ${next}`;
  return resultOf('damaged', [], { id, problems: [new Refusal('damaged', what).problem, ...met] });
}

/** The ending of a damaged journal that no run is refused for any more. */
const SET_ASIDE = '.damaged';

/**
 * The steps that may have been begun. The file of each step shows how far it came, so all are looked at; only where a
 * file may not show it, as with several names of one file, was every step noted before it was begun.
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
  return reversedOperations(steps).map(({ from, to, folder, identity }) => ({
    from,
    to,
    folder,
    ...(identity && { identity }),
  }));
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
