// What programs may use of the renamer. Its plan is pure; only `applyRename`, `undo` and `recover` change anything.

export { fromJsonName, toJsonName } from './names/raw-path.ts';
export type { RawPath } from './names/raw-path.ts';
export { applyRename, planRename, previewOf, realFolder } from './run/run.ts';
export type { Request, RunOptions, Wish } from './run/run.ts';
export { history, recover, undo } from './run/undo.ts';
export type { HistoryEntry } from './run/undo.ts';
export type { Kind, Operation, Outcome, Pair, Plan, Problem, Result } from './plan/plan.ts';
export { editWish } from './wish/edit.ts';
export { mapWish } from './wish/map.ts';
export { patternWish } from './wish/pattern.ts';
export { sequenceWish } from './wish/sequence.ts';
