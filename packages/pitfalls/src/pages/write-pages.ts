// Writes the pages of the pitfalls and their index from the files that are tested.

import { readFile, writeFile } from 'node:fs/promises';
import { chapter } from '../claims.ts';
import { makePages } from './pages.ts';

for (const { file, text } of await makePages(chapter.readme, await readFile(chapter.readme, 'utf8'))) {
  await writeFile(file, text);
}
