import type { Pitfall } from '../pitfall/pitfall.ts';
import { listed } from './proof/list-twelve.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'readdir-order',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`await readdir(folder)`',
  surprise: 'file10.txt comes before file2.txt, and no order is promised.',
  question: 'The folder holds file1.txt to file12.txt. What is names[1]?',
  choices: ['file2.txt', 'file10.txt', 'file1.txt'],
  expected: 'file2.txt',
  happens: async () => `file${(await listed(trap))[1]}.txt`,
  why:
    'On Linux and macOS libuv sorts the names by their bytes, on Windows the file system does; as text, 10 comes before 2. ' +
    'opendir does not sort.',
  fix: 'Sort by numbers within names: a Collator with numeric.',
  cheaper: 'Give names that sort as they count: leading zeros.',
  types:
    'Nothing: string[] has no order. The linter can ask for a comparison in toSorted: typescript/require-array-sort-compare.',
  wanted: 'When order does not matter; opendir then also spares the memory for the whole list.',
};
