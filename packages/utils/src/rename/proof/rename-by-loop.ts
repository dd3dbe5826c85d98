// Claim      A loop that renames every file of a folder to a pattern with a counter loses files as soon as some of them
//            bear names of the pattern already: one or more of 60 photos, 40 of which were numbered before.
// Mechanism  `rename` replaces a file at the new name, without an error. The counter does not look at the names in the
//            folder, and the order of a listing is the file system's own.
// Use when   no name of the pattern can be in the folder, and no other program writes there.
// Do not     use it otherwise, and do not mend it with a check: a file that appears between the check and the rename
//            is lost too. `applyRename` has the system itself refuse a name that is taken.
// Run        pnpm tsx packages/utils/src/main.ts rename

import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** Loses files: a few lines, as they are written every day. */
export function renameByLoop(folder: string, nameOf: (count: number) => string): void {
  let count = 0;
  for (const name of readdirSync(folder)) renameSync(join(folder, name), join(folder, nameOf(++count)));
}

/**
 * Loses fewer: it looks before it renames, and passes over what is taken.
 *
 * @param meanwhile runs where another program may, between the look and the rename
 */
export function renameWithCheck(
  folder: string,
  nameOf: (count: number) => string,
  meanwhile: (to: string) => void,
): void {
  let count = 0;
  for (const name of readdirSync(folder)) {
    const to = join(folder, nameOf(++count));
    if (existsSync(to)) continue;
    meanwhile(to);
    renameSync(join(folder, name), to);
  }
}
