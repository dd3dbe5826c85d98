import { inspect } from 'node:util';
import { drawNames } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'arguments',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`options.retries ??= 3` in a function',
  surprise: "The caller's object gets the field, and keeps it for its next use.",
  question: 'What does console.log(mine) print?',
  choices: ["{ url: '/status' }", "{ url: '/status', retries: 3 }", "{ url: '/status', retries: undefined }"],
  expected: "{ url: '/status' }",
  happens: () => inspect(trap().mine),
  why: "The parameter `options` is one more name for the caller's object.",
  draw: () => drawNames(trap()),
  fix: 'Build a new object, defaults first. (A field that is there but undefined overrides the default.)',
  cheaper: 'Destructure with defaults: no object is made at all, and undefined gets the default too.',
  also: [
    {
      says:
        'a default value is made at each call: collect(1) and collect(2) give [1] and [2]. Python makes it once, when the ' +
        'function is defined, and the second call gives [1, 2].',
      region: 'default',
    },
  ],
  more: 'With the default in a constant outside of the parameter list, JavaScript shares it as Python does.',
  types:
    '`Readonly<Options>` refuses the assignment inside. It does not bind the caller, and a `Readonly<Options>` may be ' +
    'passed on to a function that takes `Options` and changes it: only `readonly` arrays are kept apart.',
  wanted: 'When the change is the purpose and the name says so; a buffer that is filled again and again saves memory.',
};
