import { setImmediate } from 'node:timers/promises';
import { claimOf, exactly, pythonCounts } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { cheaperFix, fix, lateRead, reserve, reserveAtOnce, trap } from './recipe.ts';

const pay = (): Promise<void> => setImmediate();

export default claimOf(pitfall, {
  says: 'A function made in a loop keeps the value of that turn.',
  from: ['ours'],
  answer:
    'With let it does, with var all 3 share one variable; and two tasks on one thread that check, await and act take 1 seat twice.',

  async count() {
    const [late, atOnce] = [{ free: 1 }, { free: 1 }];
    const taken = await Promise.all([reserve(late, pay), reserve(late, pay)]);
    const takenAtOnce = await Promise.all([reserveAtOnce(atOnce, pay), reserveAtOnce(atOnce, pay)]);
    return {
      headline: `var: ${trap().join(', ')}; let: ${fix().join(', ')}; the last seat, checked before an await, was taken ${taken.filter(Boolean).length} times`,
      figures: [
        exactly('different values from 3 closures over var', new Set(trap()).size, 1, 'of 3'),
        exactly('different values from 3 closures over let', new Set(fix()).size, 3, 'of 3'),
        exactly('different values without a closure', new Set(cheaperFix()).size, 3, 'of 3'),
        exactly('callbacks that read the later name', Number((await lateRead()) === 'hello bob'), 1, 'of 1'),
        exactly('times the last seat was taken, check before await', taken.filter(Boolean).length, 2, 'times'),
        exactly('times the last seat was taken, check and act at once', takenAtOnce.filter(Boolean).length, 1, 'times'),
      ],
    };
  },

  python: pythonCounts(
    new URL('./original.py', import.meta.url),
    ({ loop, bound, taken }: { loop: number[]; bound: number[]; taken: number }) => ({
      headline: `lambdas in a loop: ${loop.join(', ')}; with the value as a default: ${bound.join(', ')}; Python has no let`,
      figures: [
        exactly('different values from 3 lambdas in a loop', new Set(loop).size, 1, 'of 3'),
        exactly('different values with the value as a default', new Set(bound).size, 3, 'of 3'),
        exactly('times the last seat was taken, check before await', taken, 2, 'times'),
      ],
    }),
  ),
});
