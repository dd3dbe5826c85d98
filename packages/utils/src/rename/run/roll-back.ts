// Undoes the steps of a run that failed.

import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { makeFolders, removeFolders } from '../disk/folders.ts';
import { putBack } from '../disk/move.ts';
import type { Contents, JournalWriter } from '../journal/journal.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Step } from '../plan/plan.ts';
import { problem, problemOf } from '../plan/problems.ts';
import type { Problem } from '../plan/problems.ts';

/** The parts of a journal by which steps are done and put back. */
export type StepsOfRun = Pick<Contents, 'root' | 'steps' | 'interval' | 'makes' | 'removes'>;

/**
 * Puts back the steps before `end`, the last first, then removes the folders that the run made and that are empty.
 *
 * @returns the steps that could not be put back: another file has the old name, or the file is gone
 */
export function putAllBack(
  fs: FileSystem,
  { root, steps, interval, makes, removes }: StepsOfRun,
  end: number,
  journal: JournalWriter,
  done?: boolean[],
): Problem[] {
  const problems: Problem[] = [];
  try {
    makeFolders(fs, root, removes);
  } catch (error) {
    problems.push(problemOf(error, '', ''));
  }
  for (let at = end - 1; at >= 0; at--) {
    if (done?.[at] === false) continue;
    if (at % interval === 0) tryProgress(journal, Math.max(0, at - interval + 1));
    const wrong = putStepBack(fs, root, steps[at]!);
    if (wrong !== undefined) problems.push(wrong);
    else if (done) done[at] = false;
  }
  removeFolders(fs, root, makes);
  return problems;
}

/** Where a note of the progress fails the work goes on: it only distinguishes several names of one file. */
export function tryProgress(journal: JournalWriter, step: number): void {
  try {
    journal.progress(step);
  } catch (error) {
    if (codeOf(error) === '') throw error;
  }
}

export function putStepBack(fs: FileSystem, root: RawPath, step: Step): Problem | undefined {
  try {
    const result = putBack(fs, `${root}/${step.from}`, `${root}/${step.to}`, step);
    // A file that is not at its temporary name is looked for once more, by the step that led there.
    if (result !== 'changed' || step.temporary === 'from') return undefined;
    return problem('changed', step.to, step.from, 'it was removed or replaced meanwhile, so it was not put back');
  } catch (error) {
    return problemOf(error, step.to, step.from);
  }
}
