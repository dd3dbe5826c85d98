// Does the steps of a journal, one after the other. One folder has one lock in the kernel: doing several at once, on
// threads or through promises, is slower. Between slices the event loop turns, for Ctrl-C and the line of progress.

import { setImmediate } from 'node:timers/promises';
import { identityOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { makeFolders, removeFolders } from '../disk/folders.ts';
import { isLeftTwice, moveExclusively } from '../disk/move.ts';
import type { JournalWriter } from '../journal/journal.ts';
import { problem, problemOf } from '../plan/problems.ts';
import type { Problem } from '../plan/problems.ts';
import { originOf, putAllBack, putStepBack, tryProgress } from './roll-back.ts';
import type { StepsOfRun } from './roll-back.ts';

export interface ExecuteOptions {
  /** Carries on after a failed step, and reports it; otherwise the first failure puts everything back. */
  readonly keepGoing?: boolean;
  /** When aborted, puts everything back before the listener of `abort` returns, if the steps are not all done. */
  readonly signal?: AbortSignal;
  /** Steps done, of all. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface Executed {
  readonly ended: 'done' | 'rolled-back' | 'interrupted';
  /** For each step whether it is done. */
  readonly done: readonly boolean[];
  readonly problems: readonly Problem[];
  readonly unguarded: number;
  /** Files that have both names now: neither could be removed. */
  readonly twice: number;
}

const SLICE_MS = 30;
/** Steps between two looks at the clock. */
const STRIDE = 32;

/**
 * Does all steps, or none, or with `keepGoing` those that can be done.
 *
 * @param onInterrupted is called once everything is put back, before the listener of `abort` returns
 */
export async function executeSteps(
  fs: FileSystem,
  run: StepsOfRun,
  journal: JournalWriter,
  { keepGoing = false, signal, onProgress }: ExecuteOptions,
  onInterrupted?: (executed: Executed) => void,
): Promise<Executed> {
  const { root, steps, interval, unsteady } = run;
  const done = Array.from<boolean>({ length: steps.length }).fill(false);
  const problems: Problem[] = [];
  let unguarded = 0;
  let twice = 0;
  let at = 0;

  const executed = (ended: Executed['ended']): Executed => ({ ended, done, problems, unguarded, twice });
  const rollBack = (): void => {
    for (const wrong of putAllBack(fs, run, at, journal, done)) problems.push(wrong);
  };
  const interrupt = (): void => {
    rollBack();
    onInterrupted?.(executed('interrupted'));
  };
  if (signal?.aborted) {
    interrupt();
    return executed('interrupted');
  }
  signal?.addEventListener('abort', interrupt, { once: true });

  try {
    makeFolders(fs, root, run.makes);
    for (let slice = performance.now(); at < steps.length; at++) {
      const step = steps[at]!;
      if (at % interval === 0) journal.progress(at);
      if (at % STRIDE === 0 && performance.now() - slice > SLICE_MS) {
        onProgress?.(at, steps.length);
        await setImmediate();
        slice = performance.now();
        if (signal?.aborted) return executed('interrupted');
      }
      try {
        const { folder } = step;
        const named = unsteady ? () => takeIdentity(fs, run, at, journal) : undefined;
        if (!moveExclusively(fs, `${root}/${step.from}`, `${root}/${step.to}`, { folder, named })) unguarded++;
        done[at] = true;
      } catch (error) {
        if (isLeftTwice(error)) twice++;
        problems.push(problemOf(error, originOf(steps, at), step.to));
        if (!keepGoing) {
          rollBack();
          return executed('rolled-back');
        }
        at = skipUnit(fs, run, at, done, problems);
      }
    }
  } catch (error) {
    rollBack();
    problems.push(problemOf(error, '', ''));
    return executed('rolled-back');
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
  tryProgress(journal, steps.length);
  removeFolders(fs, root, run.removes);
  return executed('done');
}

/** The file under its new name is ours, whatever identity its file system gives it now: the journal keeps it. */
function takeIdentity(fs: FileSystem, { root, steps }: StepsOfRun, at: number, journal: JournalWriter): void {
  const step = steps[at]!;
  const stats = fs.lstat(`${root}/${step.to}`);
  if (stats === undefined || identityOf(stats) === step.identity) return;
  const identity = identityOf(stats);
  journal.identity(at, identity);
  steps[at] = { ...step, identity };
}

/** Puts back the steps done of the chain or cycle that failed, and names the rest of it. Returns its last step. */
function skipUnit(fs: FileSystem, run: StepsOfRun, failed: number, done: boolean[], problems: Problem[]): number {
  const { steps } = run;
  const unit = steps[failed]!.unit;
  for (let step = failed - 1; step >= unit; step--) {
    const wrong = putStepBack(fs, run, step);
    if (wrong === undefined) done[step] = false;
    else problems.push(wrong);
  }
  let last = unit;
  while (steps[last + 1]?.unit === unit) last++;
  const failure = problems.at(-1)!;
  for (let step = unit; step <= last; step++) {
    const { temporary, to } = steps[step]!;
    if (temporary === 'to' || step === failed) continue;
    problems.push(problem(failure.kind, originOf(steps, step), to, 'another of its chain could not be renamed'));
  }
  return last;
}
