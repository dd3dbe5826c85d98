import { inspect } from 'node:util';
import { drawNames } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'nested-array',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`new Array(3).fill([])`',
  surprise: 'One inner array, three times: what is pushed to one row is in every row.',
  question: 'What does console.log(grid) print?',
  choices: ['[ [ 1 ], [], [] ]', '[ [ 1 ], [ 1 ], [ 1 ] ]', '[ 1, [], [] ]'],
  expected: '[ [ 1 ], [], [] ]',
  happens: () => inspect(trap()),
  why: '`[]` is evaluated once; `fill` puts a reference to that one array into each place.',
  draw: () => drawNames(Object.fromEntries(trap().map((row, index) => [`grid[${index}]`, row]))),
  fix: 'Array.from calls its function for each place, and each call makes a new array.',
  cheaper: 'One typed array for the whole grid, indexed by row * columns + column: one object instead of one a row.',
  types:
    '`readonly (readonly number[])[]` refuses the push; `number[][]` does not, and no type says "these are different". ' +
    'The linter knows this trap: unicorn/no-array-fill-with-reference-type.',
  wanted: 'When the value cannot change, as in fill(0), or is one that all places are meant to share.',
};
