// The renamer for programs. Its plan is pure; only `applyRename`, `undo` and `recover` change anything.

export { fromJsonName, toJsonName } from './names/raw-path.ts';
export type { RawPath } from './names/raw-path.ts';
export { applyRename, planRename, previewOf, realFolder } from './run/apply-rename.ts';
export type { Request, RunOptions } from './run/apply-rename.ts';
export type { Wish } from './wish/wish.ts';
export { history, recover, undo } from './run/undo.ts';
export type { HistoryEntry } from './run/undo.ts';
export type { Kind, Problem } from './plan/problems.ts';
export type { Operation, Pair, Plan } from './plan/plan.ts';
export type { Outcome, Result } from './run/result.ts';
export { editWish } from './wish/edit.ts';
export { mapWish } from './wish/map.ts';
export { patternRule, patternWish } from './wish/pattern.ts';
export { beforeExtension, rulesWish } from './wish/rules.ts';
export type { Rule } from './wish/rules.ts';
export { sequenceRule, sequenceWish } from './wish/sequence.ts';
export { caseRule, composeRule } from './wish/spelling.ts';
export type { Selection } from './disk/selection.ts';
