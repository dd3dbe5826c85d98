// The output of a run: lines for people, one object for programs.

import { fromPath, show, toJsonName, toText } from '../names/raw-path.ts';
import type { Operation } from '../plan/plan.ts';
import type { Outcome, Result } from '../run/result.ts';
import type { HistoryEntry } from '../run/undo.ts';

/** Lines of one kind on a terminal; a pipe gets them all. */
const MOST_LINES = 20;

export const STATUS: Readonly<Record<Outcome, number>> = {
  preview: 0,
  ok: 0,
  refused: 1,
  'rolled-back': 3,
  partial: 4,
  damaged: 1,
};

/** The result as JSON. A name that is not UTF-8 is 'b64:' and its bytes in base64. */
export function toJson({ outcome, id, renamed, operations, problems, warnings }: Result): string {
  return JSON.stringify({
    outcome,
    id: id ?? null,
    renamed,
    operations: operations.map(({ from, to }) => [toJsonName(from), toJsonName(to)]),
    errors: problems.map(({ kind, from, to, message }) => ({
      kind,
      from: toJsonName(from),
      to: toJsonName(to),
      message,
    })),
    warnings,
  });
}

/** `a -> b` for each operation, in natural order where that does not take long. */
export function listOperations(operations: readonly Operation[], terminal: boolean): string[] {
  const collator = new Intl.Collator('en', { numeric: true });
  const sorted =
    operations.length > 10_000
      ? operations
      : operations.toSorted((a, b) => collator.compare(toText(a.from), toText(b.from)));
  const shown = terminal ? sorted.slice(0, MOST_LINES) : sorted;
  return withRest(
    shown.map(({ from, to }) => `${show(from)} -> ${show(to)}`),
    operations.length,
  );
}

/** Every problem and warning on a line of its own. */
export function listProblems({ problems, warnings }: Result, terminal: boolean): string[] {
  const lines = [
    ...problems.map(({ kind, message }) => `${kind}: ${message}`),
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
  return terminal ? withRest(lines.slice(0, MOST_LINES), lines.length) : lines;
}

function withRest(lines: readonly string[], all: number): string[] {
  return all > lines.length ? [...lines, `... and ${(all - lines.length).toLocaleString('en-US')} more`] : [...lines];
}

/** How it ended, in one line. */
export function describeOutcome(result: Result): string {
  return ENDINGS[result.outcome](result);
}

const ENDINGS: Readonly<Record<Outcome, (result: Result) => string>> = {
  preview: ({ operations }) =>
    operations.length === 0
      ? 'Nothing to rename.'
      : `${count(operations.length)} to rename; nothing is changed yet: --apply does it.`,
  ok: ({ id, renamed }) => (id === undefined ? 'Nothing to do.' : `${count(renamed)} renamed, run ${id}.`),
  refused: ({ problems }) => `Refused, nothing is changed: ${countProblems(problems)}.`,
  'rolled-back': ({ problems }) =>
    problems.length === 0
      ? 'Interrupted: everything is put back.'
      : `Failed, everything is put back: ${countProblems(problems)}.`,
  partial: ({ id, renamed, operations, problems }) =>
    `Done in part: ${count(renamed)} of ${operations.length.toLocaleString('en-US')} renamed, ` +
    `${countProblems(problems)}${renamed > 0 ? `; --undo ${id} takes back what is done` : ''}.`,
  damaged: ({ renamed }) => `The journal is damaged; ${count(renamed)} put back by what can be read of it.`,
};

function countProblems({ length }: readonly unknown[]): string {
  return `${length.toLocaleString('en-US')} ${length === 1 ? 'problem' : 'problems'}`;
}

function count(files: number): string {
  return `${files.toLocaleString('en-US')} ${files === 1 ? 'file' : 'files'}`;
}

/** A line for each run, the last one last. */
export function describeHistory(runs: readonly HistoryEntry[]): string[] {
  if (runs.length === 0) return ['No runs in this folder.'];
  return runs.map(({ id, date, state, operations, undoes, undoneBy, damaged }) => {
    const words = [
      ...(damaged === undefined ? [] : [`damaged: ${show(fromPath(damaged))}`]),
      state === 'running' ? 'interrupted: --recover puts it back' : state === 'done' ? 'done' : 'put back',
      ...(undoes === undefined ? [] : [`undoes ${undoes}`]),
      ...(undoneBy === undefined ? [] : [`undone by ${undoneBy}`]),
    ];
    return `${id}  ${date.slice(0, 19).replace('T', ' ')}Z  ${count(operations)}  ${words.join(', ')}`;
  });
}

/** The runs as JSON. */
export function historyToJson(runs: readonly HistoryEntry[]): string {
  return JSON.stringify(
    runs.map(({ id, date, state, operations, undoes, undoneBy, damaged }) => ({
      id,
      date,
      state,
      operations,
      undoes: undoes ?? null,
      undoneBy: undoneBy ?? null,
      damaged: damaged ?? null,
    })),
  );
}
