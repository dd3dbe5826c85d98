// The chapters of the repository: whichever package has a `src/claims.ts`.

import { globSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** From the first steps to the tools; one that is not named here comes after them, by name. */
const READING_ORDER = ['threads', 'processes', 'async-io', 'machines', 'pitfalls', 'utils'];

export interface ChapterFile {
  /** The package's folder name. */
  readonly name: string;
  /** Its claims.ts. */
  readonly claims: URL;
}

/** The chapters in reading order. */
export function findChapters(root: URL): ChapterFile[] {
  return globSync('packages/*/src/claims.ts', { cwd: fileURLToPath(root) })
    .map((file) => file.split(path.sep)[1]!)
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((name) => ({ name, claims: new URL(`packages/${name}/src/claims.ts`, root) }));
}

function rank(name: string): number {
  const index = READING_ORDER.indexOf(name);
  return index === -1 ? READING_ORDER.length : index;
}
