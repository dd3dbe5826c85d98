// The end of a run: the result in the words of the command, and a journal that says what is left to be undone.

import { renameSync } from 'node:fs';
import type { Executed } from './execute.ts';
import { createJournal } from '../journal/journal.ts';
import type { Contents, JournalWriter } from '../journal/journal.ts';
import { Refusal } from '../plan/problems.ts';
import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { journalPath } from '../journal/store.ts';
import type { Operation, Outcome, Plan, Result } from '../plan/plan.ts';

export function resultOf(outcome: Outcome, operations: readonly Operation[], more: Partial<Result> = {}): Result {
  return { outcome, renamed: 0, operations, problems: [], warnings: [], unguarded: 0, ...more };
}

export function conclude(
  fs: FileSystem,
  folder: string,
  contents: Contents,
  journal: JournalWriter,
  plan: Pick<Plan, 'operations' | 'warnings'>,
  { ended, done, problems, unguarded }: Executed,
): Result {
  const renamed = contents.steps.filter(({ temporary }, step) => done[step] && temporary !== 'to').length;
  const left = done.includes(true);
  const outcome =
    ended === 'done' && problems.length === 0 ? 'ok' : ended === 'done' || left ? 'partial' : 'rolled-back';
  const warnings = [...plan.warnings, ...settle(fs, folder, contents, journal, done)];
  if (unguarded > 0) {
    warnings.push(
      `${unguarded} renamed without a hard link, which this file system refuses: a newcomer was looked for only`,
    );
  }
  return { outcome, id: contents.id, renamed, operations: plan.operations, problems, warnings, unguarded };
}

/**
 * Has the journal say what can be undone: everything, nothing, or the steps that are done, in a journal of their own
 * that takes the place of the first.
 */
export function settle(
  fs: FileSystem,
  folder: string,
  contents: Contents,
  journal: JournalWriter,
  done: readonly boolean[],
): string[] {
  const steps = contents.steps.filter((_, step) => done[step]);
  try {
    if (steps.length === contents.steps.length) journal.state('done');
    else if (steps.length === 0) journal.state('rolled-back');
    else replace(fs, journalPath(folder, contents.id), { ...contents, steps });
    return [];
  } catch (error) {
    if (!(error instanceof Refusal) && codeOf(error) === '') throw error;
    return [`the end of the run is not in its journal, so --recover would put it back: ${(error as Error).message}`];
  }
}

function replace(fs: FileSystem, path: string, contents: Contents): void {
  const operations = contents.steps.filter(({ temporary }) => temporary !== 'from').length;
  const partial = createJournal(fs, `${path}.new`, { ...contents, operations });
  partial.progress(contents.steps.length);
  partial.state('done');
  partial.close();
  renameSync(`${path}.new`, path);
}
