// A temporary folder of files that can be distinguished by their contents.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '@cookbook/lab/cleanup';

/** A new file, and nine that a former run has named: sorted, the new one comes first and takes the place of file0.txt. */
export const NAMES: readonly string[] = ['draft.txt', ...Array.from({ length: 9 }, (_, n) => `file${n}.txt`)];

export interface Survey {
  readonly files: number;
  /** What is in them, by name: each file was made to hold the name that it had. */
  readonly contents: Readonly<Record<string, string>>;
}

/** Makes a folder with files of these names, has them renamed, and reads what is left. Removes the folder. */
export function afterRenaming(
  renameAll: (folder: string) => Promise<string | void>,
  names: readonly string[] = NAMES,
): Promise<Survey> {
  return withFolder('pitfalls', async (root) => {
    const folder = join(root, 'files');
    await mkdir(folder);
    for (const name of names) await writeFile(join(folder, name), name);
    const result = (await renameAll(folder)) ?? folder;
    const left = (await readdir(result)).toSorted();
    const contents = await Promise.all(
      left.map(async (name) => [name, await readFile(join(result, name), 'utf8')] as const),
    );
    return { files: left.length, contents: Object.fromEntries(contents) };
  });
}

/** How many of the ten files are gone after `renameAll`. */
export async function countLost(renameAll: (folder: string) => Promise<string | void>): Promise<number> {
  const { contents } = await afterRenaming(renameAll);
  return NAMES.length - new Set(Object.values(contents)).size;
}
