// Which files are meant: files, folders with all that is in them, and patterns.

import { glob, readdir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

/** A path that leads to no file. */
export class PathError extends Error {
  override readonly name = 'PathError';
}

/**
 * The files, each once, sorted within each path. Links to files are followed, links to folders within a folder are not.
 *
 * @throws PathError where a path is neither a file nor a folder nor a pattern that finds one
 */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const path of paths) {
    const found = await filesOf(path);
    if (found === undefined) throw new PathError(path);
    for (const file of found) files.add(file);
  }
  return [...files];
}

async function filesOf(path: string): Promise<string[] | undefined> {
  const kind = await stat(path).catch(() => undefined);
  if (kind?.isDirectory()) return walk(path);
  if (kind !== undefined) return [path];
  const entries = await Array.fromAsync(glob(path, { withFileTypes: true }));
  const files: string[] = [];
  for (const entry of entries) {
    const found = join(entry.parentPath, entry.name);
    if (await leadsToFile(entry)) files.push(isAbsolute(path) ? found : relative('.', found));
  }
  return files.length === 0 ? undefined : files.toSorted();
}

/** All files below a folder; one that cannot be listed is passed over. */
async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sorted = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of sorted) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) for (const file of await walk(path)) files.push(file);
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
