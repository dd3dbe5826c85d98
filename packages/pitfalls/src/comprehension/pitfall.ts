import { inspect } from 'node:util';
import { drawNames } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { namesOneRow, trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'comprehension',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`new Array(3).map(() => [])`',
  surprise: '`map` skips the three empty places: its function is never called, and rows[0] is undefined.',
  question: 'What does console.log(rows) print?',
  choices: ['[ [], [], [] ]', '[ <3 empty items> ]', '[ undefined, undefined, undefined ]'],
  expected: '[ [], [], [] ]',
  happens: () => inspect(trap()),
  why:
    '`new Array(3)` has a length and no elements, and map visits elements. And where the function only names an array ' +
    'that exists, as in `() => row`, all places get that one:',
  draw: () => drawNames(Object.fromEntries(namesOneRow().map((row, index) => [`rows[${index}]`, row]))),
  fix: 'Array.from({ length }) counts, and `[]` in the body makes a new array at each call.',
  cheaper: 'Where most rows stay empty, make each one when it is first used.',
  also: [{ says: 'a function that only names an array gives that one array three times.', region: 'names-one' }],
  types:
    'None here: `map` is typed as if every element were there. `noUncheckedIndexedAccess` makes rows[0] possibly undefined.',
  wanted: 'A sparse array, almost never; a shared row, where it is a constant.',
};
