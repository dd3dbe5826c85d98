// Writes the lines and tables of this chapter's README.md from the files that are tested.

import { readFile, writeFile } from 'node:fs/promises';
import { chapter } from '../claims.ts';
import { fillReadme } from './pages.ts';

await writeFile(chapter.readme, await fillReadme(await readFile(chapter.readme, 'utf8')));
