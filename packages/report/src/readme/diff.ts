// What changes between two texts, in the unified form.

import { diff } from 'node:util';

/** Lines around a change that are repeated. */
const CONTEXT = 2;

/** The lines of `before` and of `after` around every change; `name` stands above them. */
export function unifiedDiff(name: string, before: string, after: string): string {
  const edits = diff(before.split('\n'), after.split('\n')); // 1: only before, -1: only after
  const isNear = (at: number): boolean =>
    edits.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(([edit]) => edit !== 0);
  const lines = [`--- ${name}`, `+++ ${name}`];
  let [from, to] = [1, 1];
  for (const [at, [edit, text]] of edits.entries()) {
    if (isNear(at) && (at === 0 || !isNear(at - 1))) lines.push(`@@ -${from} +${to} @@`);
    if (isNear(at)) lines.push(`${edit === 0 ? ' ' : edit > 0 ? '-' : '+'}${text}`);
    if (edit >= 0) from += 1;
    if (edit <= 0) to += 1;
  }
  return lines.join('\n');
}
