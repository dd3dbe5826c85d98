// Claim      readdir gives `file10.txt` before `file2.txt`, and opendir gives whatever order the file system keeps; the
//            documentation promises none. Numbered by such a list, 11 of 12 files get the number of another.
// Mechanism  Names are compared character by character, where they are sorted at all: '1' comes before '2', whatever
//            follows. The directory itself is often a hash table.
// Use when   order does not matter: adding up sizes, deleting all.
// Do not     number, pair or page by it. Sort by what you mean.
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

/** Names that sort as they count, whoever sorts them. */
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
