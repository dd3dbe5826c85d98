import type { Pitfall } from '../pitfall/pitfall.ts';
import { rising, trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'math-max-spread',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`Math.max(...samples)`',
  surprise: 'A RangeError from a length on that the stack sets: every sample is an argument.',
  question: 'samples holds the numbers from 1 to 2,000,000. What is peak?',
  choices: ['2000000', 'none: a RangeError is thrown', 'NaN'],
  expected: '2000000',
  happens() {
    try {
      return String(trap(rising(2_000_000)));
    } catch (error) {
      return error instanceof RangeError ? 'none: a RangeError is thrown' : String(error);
    }
  },
  why: 'Spread passes every element as an argument, and all arguments of a call stand on the stack at once.',
  fix: 'reduce calls Math.max with two arguments at a time, whatever the length.',
  cheaper: 'A plain loop, which calls nothing.',
  types:
    'Nothing: the number of arguments has no type. Beware of the empty array: Math.max() is -Infinity, not undefined.',
  wanted: 'For a handful of values of your own it is the shortest way, and safe.',
};
