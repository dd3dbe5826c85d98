// The end of a run: its result, and a journal of the steps that can be undone.

import type { FileSystem } from '../disk/file-system.ts';
import type { Contents, JournalWriter } from '../journal/journal.ts';
import { recordOutcome } from '../journal/record-outcome.ts';
import type { Plan } from '../plan/plan.ts';
import type { Executed } from './execute-steps.ts';
import type { Result } from './result.ts';

export function finishRun(
  fs: FileSystem,
  folder: string,
  contents: Contents,
  journal: JournalWriter,
  plan: Pick<Plan, 'operations' | 'problems' | 'warnings'>,
  { ended, done, problems: met, unguarded, twice }: Executed,
): Result {
  const problems = [...plan.problems, ...met];
  const renamed = contents.steps.filter(({ temporary }, step) => done[step] && temporary !== 'to').length;
  const left = done.includes(true) || twice > 0;
  const outcome =
    ended === 'done' && problems.length === 0 ? 'ok' : ended === 'done' || left ? 'partial' : 'rolled-back';
  const warnings = [...plan.warnings, ...recordOutcome(fs, folder, contents, journal, done)];
  if (unguarded > 0) {
    warnings.push(
      `${unguarded} renamed without a hard link, which the file system refused: the new name was only checked`,
    );
  }
  return { outcome, id: contents.id, renamed, operations: plan.operations, problems, warnings, unguarded };
}
