import type { Pitfall } from '../pitfall/pitfall.ts';
import { inNewProcess } from './recipe.ts';

const CHOICES = [
  'about the same: it is the same function',
  'less: the function is compiled by then',
  'over 1.5 times as much',
] as const;

export const pitfall: Pitfall = {
  name: 'call-sites',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`variants.map((variant) => cpuOf(variant))`',
  surprise: 'The same function, measured eight times, costs over 1.5 times as much the last time.',
  question: 'All eight variants are the same function. How much does the last cost against the first?',
  choices: CHOICES,
  expected: CHOICES[0],
  async happens() {
    const ratio = await inNewProcess('trap');
    return ratio > 1.5 ? CHOICES[2] : ratio > 0.8 ? CHOICES[0] : CHOICES[1];
  },
  why:
    'V8 has the function in its best code after a few calls. Each call of cpuOf makes a new closure, and once that is warm ' +
    'its middle compiler, Maglev, copies the function into it: code that is compiled quickly and runs slowly. ' +
    'With node --no-maglev-inlining all eight cost the same.',
  fix: 'For each measurement a process that has run nothing else; of several the least, since noise only adds.',
  cheaper: 'In turns, in one process: what slows one slows the other too, and the ratio stays.',
  types: 'Nothing: the figures are numbers, and wrong.',
  wanted: 'Never in a benchmark. In a program it is the price of quick compilation, paid by loops within a call.',
};
