import { drawArrows } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'copies',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`const copy = { ...job }`',
  surprise: 'One level is copied: `copy.limits` is `job.limits`.',
  question: 'job.limits.cores was 2. What is it now?',
  choices: ['2', '64', 'undefined'],
  expected: '2',
  happens: () => String(trap().job.limits.cores),
  why: 'Spread copies each field, and the field `limits` is a reference.',
  draw() {
    const { job, copy } = trap();
    return drawArrows([
      { name: 'job', to: job, text: '{ name, limits, due }' },
      { name: 'copy', to: copy, text: '{ name, limits, due }' },
      { name: 'job.limits', to: job.limits },
      { name: 'copy.limits', to: copy.limits },
    ]);
  },
  fix: 'structuredClone copies all levels, cycles, Dates and Maps included; it refuses functions and strips classes.',
  cheaper: 'Copy along the path of the change and share the rest.',
  more: "structuredClone also drops a RegExp's `lastIndex`, and an Error's own class and additional fields.",
  types:
    '`readonly` on a field is one level deep, as spread is: here `limits` is readonly and `limits.cores` is not. ' +
    '`as const` reaches all levels of a literal. structuredClone is typed as if methods were kept; a spread instance is typed without them, and the linter has ' +
    'typescript/no-misused-spread.',
  wanted: 'Nearly always: a shallow copy is enough where fields are replaced and never changed in place.',
};
