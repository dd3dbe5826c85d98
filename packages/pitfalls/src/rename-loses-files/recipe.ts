// Claim      Four lines that rename every file to `file0.txt`, `file1.txt` ... leave 1 of 10 files where nine have such
//            names already, without an error.
// Mechanism  `rename` replaces a file that has the new name.
// Use when   never, on files that you want to keep.
// Do not     rename in one pass where new names may be among the old ones.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts rename-loses-files

import { mkdir, mkdtemp, readdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

export async function trap(folder: string): Promise<void> {
  // #region trap
  const names = (await readdir(folder)).toSorted();
  for (const [i, name] of names.entries()) {
    await rename(join(folder, name), join(folder, `file${i}.txt`));
  }
  // #endregion
}

export async function fix(folder: string): Promise<void> {
  // #region fix
  const names = (await readdir(folder)).toSorted();
  const aside = await mkdtemp(join(folder, '.renaming-'));
  for (const name of names) {
    await rename(join(folder, name), join(aside, name));
  }
  for (const [i, name] of names.entries()) {
    await rename(join(aside, name), join(folder, `file${i}.txt`));
  }
  await rmdir(aside);
  // #endregion
}

export async function cheaperFix(folder: string): Promise<string> {
  // #region cheaper
  const names = (await readdir(folder)).toSorted();
  const renamed = `${folder}-renamed`;
  await mkdir(renamed); // throws where it exists: no new name can be taken
  for (const [i, name] of names.entries()) {
    await rename(join(folder, name), join(renamed, `file${i}.txt`));
  }
  // #endregion
  return renamed;
}
