// Which files are meant: files, folders with what is in them, patterns, and the standard input.

import { readdir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { basename, join, matchesGlob, relative, sep } from 'node:path';
import { IgnoreRules } from './ignore-rules.ts';
import type { WalkOptions } from './ignore-rules.ts';
import { STANDARD_INPUT } from './standard-input.ts';

/** A path that leads to no file. */
export class PathError extends Error {
  override readonly name = 'PathError';
}

export interface FoundFile {
  readonly path: string;
  /** Its path below the folder that was given, with slashes; the name alone of a file that was given. */
  readonly name: string;
}

/**
 * The files, each once, sorted within each path. Links to files are followed, links to folders within a folder are not.
 * What is hidden or ignored is passed over in folders and patterns; a file that is named itself is always read.
 *
 * @throws PathError where a path is neither a file nor a folder nor a pattern that finds one
 */
export async function findFiles(paths: readonly string[], options: WalkOptions = {}): Promise<FoundFile[]> {
  const files = new Map<string, FoundFile>();
  for (const path of paths) {
    const found = await filesOf(path, options);
    if (found === undefined) throw new PathError(path);
    for (const file of found) if (!files.has(file.path)) files.set(file.path, file);
  }
  return [...files.values()];
}

async function filesOf(path: string, options: WalkOptions): Promise<FoundFile[] | undefined> {
  if (path === STANDARD_INPUT) return [{ path, name: '' }];
  const kind = await stat(path).catch(() => undefined);
  if (kind?.isDirectory()) return below(path, await walk(path, await IgnoreRules.at(path, options)));
  if (kind !== undefined) return [{ path, name: basename(path) }];
  const folder = fixedPart(path);
  const pattern = withSlashes(path);
  const rules = await IgnoreRules.at(folder, { ...options, hidden: options.hidden || /(?:^|\/)\.[^./]/.test(pattern) });
  const found = await walk(folder, rules);
  const matching = found.filter((file) => matchesGlob(withSlashes(file), pattern));
  return matching.length === 0 ? undefined : below(folder, matching);
}

function below(folder: string, paths: readonly string[]): FoundFile[] {
  return paths.map((path) => ({ path, name: withSlashes(relative(folder, path)) }));
}

/** The folder that a pattern begins with: 'notes' of 'notes/*.md'. */
function fixedPart(pattern: string): string {
  const parts = withSlashes(pattern).split('/');
  const fixed = parts.slice(
    0,
    Math.max(
      0,
      parts.findIndex((part) => /[*?[\]{}!()]/.test(part)),
    ),
  );
  return fixed.join('/') || (pattern.startsWith('/') ? '/' : '.');
}

function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** All files below a folder; one that cannot be listed is passed over. */
async function walk(folder: string, rules: IgnoreRules): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sorted = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of sorted) {
    const path = join(folder, entry.name);
    if (rules.skips(path, entry.name, entry.isDirectory())) continue;
    if (entry.isDirectory()) for (const file of await walk(path, await rules.within(path))) files.push(file);
    else if (await leadsToFile(entry)) files.push(path);
  }
  return files;
}

/** Not what never ends, as a pipe or a device. */
async function leadsToFile(entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  const target = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
  return target?.isFile() ?? false;
}
