// A run from end to end: lock, list, plan, journal, rename, and the result.

import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf, nodeFileSystem } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { Listing } from '../disk/listing.ts';
import { createJournal, removeQuietly } from '../journal/journal.ts';
import type { Contents, JournalWriter } from '../journal/journal.ts';
import type { Summary } from '../journal/read-journal.ts';
import { journalPath, lock, newId, prune, storeFolder } from '../journal/store.ts';
import { expectIdle, findUnfinished, markUnfinished } from '../journal/unfinished.ts';
import { fromPath, show } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import { orderSteps } from '../plan/order-steps.ts';
import type { Operation, Plan } from '../plan/plan.ts';
import { problemOf, Refusal } from '../plan/problems.ts';
import type { ValidateOptions } from '../plan/validate.ts';
import type { Wish } from '../wish/wish.ts';
import { checkAll } from './check-all.ts';
import { linksBefore } from './dangling-links.ts';
import { executeSteps } from './execute-steps.ts';
import type { Executed, ExecuteOptions } from './execute-steps.ts';
import { finishRun } from './finish-run.ts';
import { resultOf } from './result.ts';
import type { Result } from './result.ts';

export interface Request extends ValidateOptions {
  /** A real path, as `realFolder` gives. */
  readonly root: RawPath;
  readonly wish: Wish;
  /** The run that this one undoes. */
  readonly undoes?: string;
  /** Folders to remove in the end, where they are empty. */
  readonly removes?: readonly RawPath[];
}

export interface RunOptions extends ExecuteOptions {
  /** Where the journals lie; the user's state folder where it is left out. */
  readonly stateFolder?: string;
  readonly fs?: FileSystem;
  /** For `undo` and `recover`: a file that was edited or replaced since is taken back as it is. */
  readonly edited?: boolean;
  /** Called with the operations that were put back as soon as `signal` is aborted, before its listeners return. */
  readonly onInterrupted?: (result: Result) => void;
}

/** Steps between two notes of the progress. */
const INTERVAL = 256;

/** The folder's one true path, without links; the key of its journals. */
export function realFolder(path: string): RawPath {
  return realpathSync.native(resolve(path), { encoding: 'latin1' });
}

/** A plan, checked on the disk as the run itself will check it. */
export interface CheckedPlan extends Plan {
  /** What the run would rename: nothing where it would refuse, with `keepGoing` all that is not refused. */
  readonly possible: readonly Operation[];
}

/**
 * Plans a run without changing anything, and refuses what the run would refuse.
 *
 * @throws the system's error where the folder cannot be read; Refusal where an interrupted run has to be put back first
 */
export function planRename(request: Request, options: RunOptions = {}): CheckedPlan {
  const fs = options.fs ?? nodeFileSystem;
  const folder = storeFolder(request.root, options.stateFolder);
  const unfinished = findUnfinished(folder, request.root);
  if (unfinished) {
    expectIdle(unfinished);
    throw interruptedRun(unfinished.run);
  }
  const { plan, identified } = checkAll(request, folder, new Listing(fs, request.root), { ...options, fs });
  const refused = plan.problems.length > 0 && !options.keepGoing;
  return { ...plan, possible: refused ? [] : identified };
}

/** The result of a plan that is not applied yet: refused, or a preview. */
export function previewOf({ possible, operations, problems, warnings }: CheckedPlan): Result {
  return problems.length > 0 && possible.length === 0
    ? resultOf('refused', operations, { problems, warnings })
    : resultOf('preview', possible, { problems, warnings });
}

/** Renames. Refuses before anything is touched, or ends with everything renamed, or puts everything back. */
export async function applyRename(request: Request, options: RunOptions = {}): Promise<Result> {
  return locked(request.root, options, (folder) => runLocked(request, folder, options));
}

/** Runs `work` while no other run is at work in the folder; where it cannot begin, the result is refused. */
export async function locked(
  root: RawPath,
  { stateFolder }: RunOptions,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  try {
    const folder = storeFolder(root, stateFolder);
    const unlock = lock(folder);
    try {
      return await work(folder);
    } finally {
      unlock();
    }
  } catch (error) {
    if (error instanceof Refusal) return resultOf('refused', [], { problems: [error.problem] });
    if (codeOf(error) === '' || codeOf(error).startsWith('ERR_')) throw error;
    return resultOf('refused', [], { problems: [problemOf(error, '', '')] });
  }
}

async function runLocked(request: Request, folder: string, options: RunOptions): Promise<Result> {
  const { root, undoes, removes = [] } = request;
  const fs = options.fs ?? nodeFileSystem;
  const unfinished = findUnfinished(folder, root);
  if (unfinished) throw interruptedRun(unfinished.run);
  const listing = new Listing(fs, root);
  const checked = checkAll(request, folder, listing, { ...options, fs });
  const { plan, identified, links, unsteady } = checked;
  const refused = identified.length === 0 || !options.keepGoing;
  if (plan.problems.length > 0 && refused) return resultOf('refused', plan.operations, plan);
  if (identified.length === 0) return resultOf('ok', [], { warnings: plan.warnings });

  prune(fs, folder);
  const id = newId(folder);
  let temporaries = 0;
  const steps = orderSteps(identified, plan, listing, () => `.rename-${id.slice(-4)}-${process.pid}-${temporaries++}`);
  const contents: Contents = {
    id,
    root,
    date: new Date().toISOString(),
    operations: identified.length,
    interval: links || unsteady ? 1 : INTERVAL,
    ...(unsteady && { unsteady }),
    ...(undoes !== undefined && { undoes, ...(plan.problems.length > 0 && { partly: true }) }),
    steps,
    makes: plan.folders,
    removes,
  };
  const danglingAfter = linksBefore(fs, root, listing);
  const result = await carryOut(fs, contents, plan, folder, options);
  return result.renamed === 0
    ? result
    : { ...result, warnings: [...result.warnings, ...danglingAfter(plan.operations)] };
}

/** A run is refused because of one that must be put back first. */
function interruptedRun({ id, damaged }: Summary): Refusal {
  if (damaged === undefined) {
    return new Refusal('journal', `run ${id} was interrupted here: --recover puts its files back first`);
  }
  const next = '--recover puts back what can be read of it, --recover --keep-going then sets it aside';
  return new Refusal('damaged', `${show(fromPath(damaged))}: the journal of a run that may be unfinished: ${next}`);
}

async function carryOut(
  fs: FileSystem,
  contents: Contents,
  plan: Plan,
  folder: string,
  { onInterrupted, ...options }: RunOptions,
): Promise<Result> {
  const journal = beginJournal(fs, folder, contents);
  let result: Result | undefined;
  const finish = (executed: Executed): Result => (result ??= finishRun(fs, folder, contents, journal, plan, executed));
  try {
    const reportInterrupted = (executed: Executed): void => onInterrupted?.(finish(executed));
    return finish(await executeSteps(fs, contents, journal, options, reportInterrupted));
  } finally {
    journal.close();
  }
}

/** @throws Refusal, and leaves no journal, where the run cannot be entered among the unfinished ones */
function beginJournal(fs: FileSystem, folder: string, contents: Contents): JournalWriter {
  const path = journalPath(folder, contents.id);
  let journal: JournalWriter | undefined;
  try {
    journal = createJournal(fs, path, contents);
    markUnfinished(fs, folder, contents.id, contents.root);
    return journal;
  } catch (error) {
    journal?.close();
    removeQuietly(fs, fromPath(path));
    if (error instanceof Refusal || codeOf(error) === '') throw error;
    throw new Refusal('journal', `cannot write the journal, so nothing was renamed: ${(error as Error).message}`);
  }
}
