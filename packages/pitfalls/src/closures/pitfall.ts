import { inspect } from 'node:util';
import { drawArrows } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'closures',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`for (var i …) push(() => i)`',
  surprise: 'Three closures hold one variable, which is 3 by the time they run.',
  question: 'What does console.log(printed) print?',
  choices: ['[ 0, 1, 2 ]', '[ 3, 3, 3 ]', '[ 2, 2, 2 ]'],
  expected: '[ 0, 1, 2 ]',
  happens: () => inspect(trap()),
  why: 'A closure holds the variable. `var` is one for the whole function; `i` is 3 when the loop ends.',
  draw() {
    // Which variable a closure holds cannot be asked; that all read the same value is what can be seen.
    const variables = new Map(trap().map((value) => [value, {}]));
    return drawArrows(
      trap().map((value, n) => ({
        name: `printers[${n}]: i`,
        to: variables.get(value),
        text: `variable i, now ${value}`,
      })),
    );
  },
  fix: '`let` in the head of a for is a new variable for each turn.',
  cheaper: 'A parameter instead of a loop variable: map, forEach, Array.from.',
  also: [
    {
      says: 'let is no help where the variable is outside of the callback. greeted is hello bob.',
      region: 'late-read',
    },
    {
      says: 'a check is out of date after an await. Two callers at once both get the last seat.',
      region: 'check-then-act',
    },
    { says: 'check and act without an await between them, and give back what fails.', region: 'act-at-once' },
  ],
  more:
    'One thread is no lock: other tasks run during each `await`. Where the act itself has to wait, let a queue of ' +
    "one (`pLimit(1)`) do check and act together. In Python the loop's variable is always one for the whole " +
    'function.',
  types:
    'Nothing: the types are right. The linter has eslint/no-var and eslint/no-loop-func. Neither types nor linter see a ' +
    'check that is no longer true after an await.',
  wanted: 'When the callback shall see the latest value: a display that is redrawn, a flag that says stop.',
};
