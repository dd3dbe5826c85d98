import type { Pitfall } from '../pitfall/pitfall.ts';
import { afterRenaming, NAMES } from './proof/rename-ten.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'rename-loses-files',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`for (…) rename(name, file${i}.txt)`',
  surprise: 'rename overwrites in silence: of ten files one is left.',
  question: `The folder holds draft.txt and file0.txt to file8.txt. How many of the ${NAMES.length} files are left?`,
  choices: ['10', '9', '1', 'all: rename throws EEXIST at the first that exists'],
  expected: '10',
  happens: async () => String((await afterRenaming(trap)).files),
  why:
    'draft.txt becomes file0.txt and replaces it. The next turn takes that file for file0.txt and makes it file1.txt, which ' +
    'replaces the next one; so it goes on to the end, and it is draft.txt that is left, as file9.txt.',
  fix: 'Two passes: first everything out of the way, then to the new names.',
  cheaper: 'Into a new folder, where no name is taken.',
  more: 'A renamer with preview and undo stands in [utils](../../../utils/README.md).',
  types: 'Nothing. A name is a string, and that rename replaces is in its documentation only.',
  wanted: 'To replace a file in one step is what rename is for: write beside it, then rename over it.',
};
