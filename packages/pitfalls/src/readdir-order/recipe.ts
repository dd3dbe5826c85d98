// Claim      readdir lists `file10.txt` before `file2.txt`; numbered by that list, 11 of 12 files get the number of
//            another.
// Mechanism  Names are compared character by character, where they are sorted at all; opendir gives the file system's
//            order.
// Use when   order does not matter: adding up sizes, deleting all.
// Do not     number, pair or page by it. Sort by what you mean.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts readdir-order

import { opendir, readdir } from 'node:fs/promises';

export async function trap(folder: string): Promise<string[]> {
  // #region trap
  const names = await readdir(folder);
  // #endregion
  return names;
}

export async function fix(folder: string): Promise<string[]> {
  // #region fix
  const { compare } = new Intl.Collator('en', { numeric: true });
  const names = (await readdir(folder)).toSorted(compare);
  // #endregion
  return names;
}

/** Names that sort as they count, by any sort. */
export function cheaperFix(number: number): string {
  // #region cheaper
  const name = `file${String(number).padStart(4, '0')}.txt`;
  // #endregion
  return name;
}

/** The order that the file system keeps. */
export async function unsorted(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of await opendir(folder)) names.push(name);
  return names;
}
