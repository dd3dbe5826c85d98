import { inspect } from 'node:util';
import { drawNames } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'assignment-aliases',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`const tuesday = monday`',
  surprise: 'Two names, one array: what is pushed to one is in the other.',
  question: 'What does console.log(monday) print?',
  choices: ["[ 'write', 'test' ]", "[ 'write', 'test', 'release' ]", 'nothing: monday is const, so push throws'],
  expected: "[ 'write', 'test' ]",
  happens: () => inspect(trap().monday),
  why: 'Assignment copies the reference, not the array. `const` protects the name, not what it leads to.',
  draw: () => drawNames(trap()),
  fix: 'Copy before the change: spread or slice for one level, structuredClone for all (see `copies`).',
  cheaper: 'Share, and let the type forbid the change: `readonly` costs nothing at run time.',
  types:
    '`readonly string[]` refuses push, and cannot be assigned to a `string[]`. `const` alone refuses nothing here. ' +
    'An object with `readonly` properties can be assigned to a type without: that is not refused.',
  wanted: 'When both names are meant to see each change: one cache, one registry, one buffer that is filled.',
};
