import { drawNames } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'mutable-or-immutable',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`const sorted = samples.sort(…)`',
  surprise: '`sort` sorts `samples` too, and returns that very array.',
  question: 'What is first?',
  choices: ['30', '10', 'undefined'],
  expected: '30',
  happens: () => String(trap().first),
  why: '`sort` works in place and returns its receiver, so both names lead to the one, sorted array.',
  draw() {
    const { samples, sorted } = trap();
    return drawNames({ samples, sorted });
  },
  fix: 'toSorted, toReversed, toSpliced and with make a new array.',
  cheaper: 'Sort in place what you have just made yourself, after map or filter: no second copy.',
  also: [{ says: 'a frozen object is frozen on its first level. Here cores is 64 afterwards.', region: 'freeze' }],
  more:
    'In Python `list.sort` returns `None`, so this trap shows at once. There the trap is `+=`: on a list it ' +
    'changes the list, on a tuple it makes a new one, and on a list inside a tuple it raises `TypeError` after it ' +
    "has changed the list. In JavaScript `+=` on an array makes a string: `[1] + [2]` is `'12'`.",
  types:
    '`readonly number[]` refuses sort and allows toSorted. `const` does not. `Object.freeze` makes the first level ' +
    'readonly, for the compiler too, and nothing below it; a frozen Map or Date changes as before. ' +
    'The linter knows this trap: unicorn/no-array-sort.',
  wanted: 'When memory counts: sort in place needs no second array, and typed arrays have the same method.',
};
