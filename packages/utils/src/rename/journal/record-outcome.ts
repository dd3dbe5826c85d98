// How a run ended, in its journal.

import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { Refusal } from '../plan/problems.ts';
import { createJournal } from './journal.ts';
import type { Contents, JournalWriter } from './journal.ts';
import { journalPath } from './store.ts';
import { markFinished } from './unfinished.ts';

/**
 * Writes into the journal what can be undone: everything, nothing, or the steps that are done, in a journal of their own
 * that takes the place of the first. A run that stays open keeps the steps that are still to be put back.
 */
export function recordOutcome(
  fs: FileSystem,
  folder: string,
  contents: Contents,
  journal: JournalWriter,
  done: readonly boolean[],
  { open = false }: { readonly open?: boolean } = {},
): string[] {
  const steps = contents.steps.filter((_, step) => done[step]);
  try {
    if (steps.length === contents.steps.length) {
      if (!open) journal.state('done');
    } else if (steps.length === 0) journal.state('rolled-back');
    else replace(fs, journalPath(folder, contents.id), { ...contents, steps }, open);
    if (!open || steps.length === 0) markFinished(fs, folder, contents.id);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal) && codeOf(error) === '') throw error;
    return [`the end of the run is not in its journal, so --recover would put it back: ${(error as Error).message}`];
  }
}

function replace(fs: FileSystem, path: string, contents: Contents, open: boolean): void {
  const operations = contents.steps.filter(({ temporary }) => temporary !== 'from').length;
  const progress = contents.steps.length;
  createJournal(fs, path, { ...contents, operations }, { state: open ? 'running' : 'done', progress }).close();
}
