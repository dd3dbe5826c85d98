// Undoes the steps of a run that failed.

import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { makeFolders, removeFolders } from '../disk/folders.ts';
import { putBack } from '../disk/move.ts';
import type { Contents, JournalWriter } from '../journal/journal.ts';
import type { RawPath } from '../names/raw-path.ts';
import { problem, problemOf } from '../plan/problems.ts';
import type { Problem } from '../plan/problems.ts';

/** The parts of a journal by which steps are done and put back. */
export type StepsOfRun = Pick<Contents, 'root' | 'steps' | 'interval' | 'makes' | 'removes' | 'unsteady'>;

interface PutBackAllOptions {
  /** The step that was stopped, where that is known. */
  readonly inFlight?: number;
  /** Files that were edited or replaced meanwhile are put back too. */
  readonly edited?: boolean;
}

/**
 * Puts back the steps before `end`, the last first, then removes the folders that the run made and that are empty.
 *
 * @returns the steps that could not be put back: another file has the old name, or the file is gone
 */
export function putAllBack(
  fs: FileSystem,
  run: StepsOfRun,
  end: number,
  journal: JournalWriter,
  done: boolean[],
  options: PutBackAllOptions = {},
): Problem[] {
  const { root, steps, interval, makes, removes } = run;
  const problems: Problem[] = [];
  try {
    makeFolders(fs, root, removes);
  } catch (error) {
    problems.push(problemOf(error, '', ''));
  }
  for (let at = end - 1; at >= 0; at--) {
    if (done[at] === false) continue;
    if (at % interval === 0) tryProgress(journal, Math.max(0, at - interval + 1));
    if (steps[at]!.temporary === 'to' && done[partnerOf(run, at)]) continue; // it is not at its temporary name
    const wrong = putStepBack(fs, run, at, options);
    if (wrong === undefined) done[at] = false;
    else problems.push(wrong);
  }
  removeFolders(fs, root, makes);
  return problems;
}

/** The step that leads back from the temporary name to which step `at` leads: the last one of its cycle. */
function partnerOf({ steps }: StepsOfRun, at: number): number {
  let last = at;
  while (steps[last + 1]?.unit === steps[at]!.unit) last++;
  return steps[last]!.temporary === 'from' ? last : -1;
}

/** Where a note of the progress fails the work goes on: it only distinguishes several names of one file. */
export function tryProgress(journal: JournalWriter, step: number): void {
  try {
    journal.progress(step);
  } catch (error) {
    if (codeOf(error) === '') throw error;
  }
}

const MESSAGES = {
  changed: 'it was removed or replaced meanwhile, so it was not put back',
  edited: 'it was edited or replaced meanwhile, so it was not put back: --edited takes it back as it is',
};

/** Puts back one step; returns the problem where that cannot be done. */
export function putStepBack(
  fs: FileSystem,
  { root, steps }: StepsOfRun,
  at: number,
  { inFlight, edited = false }: PutBackAllOptions = {},
): Problem | undefined {
  const step = steps[at]!;
  const origin = originOf(steps, at);
  try {
    const result = putBack(fs, `${root}/${step.from}`, `${root}/${step.to}`, {
      ...step,
      inFlight: at === inFlight,
      edited,
      ...(origin !== step.from && { origin: `${root}/${origin}` }),
    });
    return result === 'changed' || result === 'edited' ? problem(result, step.to, origin, MESSAGES[result]) : undefined;
  } catch (error) {
    return problemOf(error, step.to, step.from);
  }
}

/** The old name of the file that a step moves, where that is under a temporary name. */
export function originOf(steps: StepsOfRun['steps'], at: number): RawPath {
  const { from, temporary, unit } = steps[at]!;
  if (temporary !== 'from') return from;
  for (let before = at - 1; steps[before]?.unit === unit; before--) {
    if (steps[before]!.temporary === 'to') return steps[before]!.from;
  }
  return from;
}
