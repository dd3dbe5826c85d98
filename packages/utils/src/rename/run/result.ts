// The result of a run.

import type { Operation } from '../plan/plan.ts';
import type { Problem } from '../plan/problems.ts';

/** `damaged`: the journal of an interrupted run can be read in part, and that part is put back. */
export type Outcome = 'preview' | 'ok' | 'refused' | 'rolled-back' | 'partial' | 'damaged';

export interface Result {
  readonly outcome: Outcome;
  /** The run, for `undo`; undefined where nothing was begun. */
  readonly id?: string;
  /** Operations that were done and are still done. */
  readonly renamed: number;
  readonly operations: readonly Operation[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** Renames for which the file system has no hard links, so that the new name is only checked, not protected. */
  readonly unguarded: number;
}

export function resultOf(outcome: Outcome, operations: readonly Operation[], more: Partial<Result> = {}): Result {
  return { outcome, renamed: 0, operations, problems: [], warnings: [], unguarded: 0, ...more };
}
