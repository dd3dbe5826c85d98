// A patch put into files and taken out again.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

/** One place of one file. */
export interface Edit {
  /** From the project's root, with slashes. */
  readonly file: string;
  /** Occurs exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A file's text with the line ends that patches are written with: git may write others. */
export function readText(file: string): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

/** Raised where a patch leaves a file that is no program: everything would see that. */
export class BrokenPatch extends Error {
  override readonly name = 'BrokenPatch';
}

/**
 * Makes the edits below `root` and returns a function that takes them back.
 *
 * @throws BrokenPatch where a file is no TypeScript afterwards, or stays as it was; then no file is changed
 */
export function applyEdits(root: string, edits: readonly Edit[]): () => void {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (const { file, find, replace } of edits) {
    const at = path.join(root, file);
    const original = before.get(at) ?? readFileSync(at, 'utf8');
    before.set(at, original);
    // A function, since '$&' in a replacement has a meaning of its own.
    after.set(
      at,
      (after.get(at) ?? readText(at)).replace(find, () => replace),
    );
  }
  for (const [at, text] of after) expectProgram(path.relative(root, at), readText(at), text);
  for (const [at, text] of after) writeFileSync(at, text);
  return () => {
    for (const [at, text] of before) writeFileSync(at, text);
  };
}

function expectProgram(file: string, before: string, text: string): void {
  if (text === before) throw new BrokenPatch(`Expected the patch to change ${file}, it does not`);
  if (!file.endsWith('.ts')) return;
  const [error] = parseSync(file, text).errors;
  if (error === undefined) return;
  throw new BrokenPatch(`Expected ${file} to be TypeScript with the patch in it: ${error.message}`);
}
