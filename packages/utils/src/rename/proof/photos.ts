// A folder of photos before and after an attempt to rename them.

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

export const FILES = 60;
/** Files that an earlier run has numbered: their names are of the pattern. */
export const NUMBERED = 40;

export function nameOf(count: number): string {
  return `photo-${count}.jpg`;
}

/** Besides the renames: files that another program created meanwhile, and files with other contents than before. */
export interface Attempt {
  readonly created?: number;
  readonly changed?: number;
}

export interface Seen extends Required<Attempt> {
  /** Contents that were in the folder, or came into it, and are not there any more. */
  readonly lost: number;
  /** Names of the pattern afterwards. */
  readonly named: number;
}

/**
 * Makes the folder, some of whose photos are numbered already, and compares it with what `rename` leaves, by the hashes
 * of the contents.
 *
 * @param rename gets the folder of the photos and an empty one for journals
 */
export async function tryOn(rename: (folder: string, state: string) => Promise<Attempt> | Attempt): Promise<Seen> {
  const temporary = mkdtempSync(join(realpathSync(os.tmpdir()), 'cookbook-rename-'));
  try {
    const folder = join(temporary, 'photos');
    mkdirSync(folder);
    for (let n = 1; n <= FILES; n++)
      writeFileSync(join(folder, n <= NUMBERED ? nameOf(n) : `new-${n}.jpg`), `photo ${n}`);
    const before = hashes(folder).size;
    const { created = 0, changed = 0 } = await rename(folder, join(temporary, 'state'));
    const named = readdirSync(folder).filter((name) => /^photo-\d+\.jpg$/.test(name)).length;
    return { lost: before + created - hashes(folder).size, named, created, changed };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function hashes(folder: string): ReadonlySet<string> {
  return new Set(
    readdirSync(folder).map((name) =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ),
  );
}
