// The folder that keeps the results of runs: a JSON file and a page each, named by the moment when they started.

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import type { Results } from './format.ts';
import { parseResults } from './read.ts';

export interface Kept {
  readonly file: URL;
  readonly results: Results;
}

const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?\.json$/;

/** A name in the folder that no other run has: '2026-11-22T05-22-03Z.json'. The folder is made where it is not there. */
export async function newFile(folder: URL, started: string): Promise<URL> {
  await mkdir(folder, { recursive: true });
  const name = started.replaceAll(':', '-');
  let file = new URL(`${name}.json`, folder);
  for (let number = 2; existsSync(file); number++) file = new URL(`${name}-${number}.json`, folder);
  return file;
}

/** Writes under a temporary name and renames: whenever it is cut short, the file is the old one or the new one. */
export async function save(file: URL, results: Results): Promise<void> {
  const part = new URL(`${file.href}.part`);
  await writeFile(part, `${JSON.stringify(results, null, 1)}\n`, { flush: true });
  await rename(part, file);
}

/** Where the page of a run stands: beside its JSON. */
export function pageOf(file: URL): URL {
  return new URL(file.href.replace(/\.json$/, '.html'));
}

/** The results in the folder that can be read, the newest first, at most so many. */
export async function latest(folder: URL, most: number): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const name of (await namesIn(folder)).toSorted().toReversed()) {
    if (kept.length === most) break;
    const file = new URL(name, folder);
    try {
      kept.push({ file, results: parseResults(name, await readFile(file, 'utf8')) });
    } catch {
      // Of another version, or not ours: it is left alone.
    }
  }
  return kept;
}

async function namesIn(folder: URL): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => NAME.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** As it stands in messages: 'results/2026-11-22T05-22-03Z.json'. */
export function nameOf(file: URL): string {
  return file.pathname.split('/').slice(-2).join('/');
}
