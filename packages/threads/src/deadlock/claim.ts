import { counted, defineClaim, judgeBounds, sampled } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { transferBothWays } from './recipe.ts';
import type { Ending } from './recipe.ts';

const DEADLOCKS = 5;
const TIMES = 1_000;
const TIME_LIMIT_MS = 10_000;

export default defineClaim({
  id: 'threads/deadlock',
  says: 'Threads that take locks in different order can stop for good.',
  from: ['MM'],
  answer:
    'Two workers that take two locks in opposite order stop for good, asleep; in one order, or with a try that backs off, all of 2,000 transfers are done.',

  async measure({ signal }: Context) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
    const stuck: Ending[] = [];
    for (let round = 0; round < DEADLOCKS; round++) stuck.push(await transferBothWays('opposite order', TIMES, limit));
    const backOff = await transferBothWays('back off', TIMES, limit);
    const oneOrder = await transferBothWays('one order', TIMES, limit);

    const all = 2 * TIMES;
    const deadlocks = stuck.filter(({ end }) => end === 'deadlock');
    const busy = stuck.map(({ busyWhileStuck }) => 100 * busyWhileStuck);
    return {
      headline: `opposite order: ${deadlocks.length} of ${DEADLOCKS} stopped for good and were ended; back off: ${backOff.transfers} of ${all}; one order: ${oneOrder.transfers} of ${all}`,
      figures: [
        // Certain: the threads meet when each has its first lock.
        counted('opposite order: deadlocks', deadlocks.length, `of ${DEADLOCKS}`, { least: DEADLOCKS }),
        sampled('opposite order: CPU time of both while stuck', busy, '%', { most: 20 }),
        counted('back off: transfers', backOff.transfers, `of ${all}`, { least: all, most: all }),
        counted('back off: first lock given back', backOff.timesBackedOff, 'times', { least: 1 }),
        counted('one order: transfers', oneOrder.transfers, `of ${all}`, { least: all, most: all }),
        counted('money made or lost', moneyMade([...stuck, backOff, oneOrder]), 'units', { most: 0 }),
      ],
    };
  },

  judge: judgeBounds,

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { both, stuck, seconds } = answer as Record<'both' | 'stuck' | 'seconds', number>;
    const figures = [counted(`threads that still waited after ${seconds} s`, stuck, 'of 2', { least: 2 })];
    const headline = `${stuck} of 2 threads still waited after ${seconds} s, ${both} had both locks`;
    return { figures, headline, judgement: judgeBounds({ figures }) };
  }),
});

/** Transfers only move money: all accounts together hold 0, as at the start, and after as many both ways each does. */
function moneyMade(endings: readonly Ending[]): number {
  return endings.reduce((sum, { balances: [a, b] }) => sum + Math.abs(a + b) + Math.abs(a), 0);
}
