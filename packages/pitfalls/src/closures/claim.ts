import { claimOf, only, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { freeAfterFailure, takeTwice } from './proof/take-twice.ts';
import { cheaperFix, fix, lateRead, reserve, reserveAtOnce, trap } from './recipe.ts';

export default claimOf(pitfall, {
  question: 'Why do all functions made in a loop see the same value?',
  says: 'A function made in a loop keeps the value of that turn.',
  from: ['ours'],
  inNode: 'only if the loop declares its variable with let',
  answer:
    '3 closures over let keep 3 values, over var 1; and two tasks that check, await and then act take 1 seat twice.',

  async count() {
    const [taken, takenAtOnce] = [await takeTwice(reserve), await takeTwice(reserveAtOnce)];
    return {
      words:
        'Three closures over var see {var number} value, over let {let number}. The last seat, checked before an await, was taken {taken}.',
      figures: [
        only('var', 'different values from 3 closures over var', new Set(trap()).size, 1, 'of 3'),
        only('let', 'different values from 3 closures over let', new Set(fix()).size, 3, 'of 3'),
        only('no-closure', 'different values without a closure', new Set(cheaperFix()).size, 3, 'of 3'),
        only('late', 'callbacks that read the later name', Number((await lateRead()) === 'hello bob'), 1, 'of 1'),
        only('taken', 'times the last seat was taken, check before await', taken, 2, 'times'),
        only('given-back', 'seats free after a payment that failed', await freeAfterFailure(reserveAtOnce), 1, 'seat'),
        only('taken-at-once', 'times the last seat was taken, check and act at once', takenAtOnce, 1, 'time'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ loop, bound, taken }: { loop: number[]; bound: number[]; taken: number }) => ({
      words: 'Three lambdas made in a loop see {loop number} value; with the value as a default, {bound number}.',
      figures: [
        only('loop', 'different values from 3 lambdas in a loop', new Set(loop).size, 1, 'of 3'),
        only('bound', 'different values with the value as a default', new Set(bound).size, 3, 'of 3'),
        only('taken', 'times the last seat was taken, check before await', taken, 2, 'times'),
      ],
    }),
  ),
});
