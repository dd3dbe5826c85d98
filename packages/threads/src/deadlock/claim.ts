import { counted, counts, defineClaim, exactly, sampled } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { transferAllWays } from './proof/transfers.ts';

const DEADLOCKS = 5;
const TIMES = 1_000;

export default defineClaim({
  id: 'threads/deadlock',
  question: 'Can worker threads deadlock, and how is that avoided?',
  says: 'Threads that take locks in different order can stop for good.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'Two threads that take two locks in opposite order stop for good; in one order, or with a back-off, all 2,000 transfers complete.',

  async measure({ signal }) {
    const { deadlocks, busy, backOff, oneOrder, money } = await transferAllWays(TIMES, DEADLOCKS, signal);
    const [unit, all] = ['of 2,000 transfers', exactly(2 * TIMES)];
    return [
      counts(
        'Two threads that took two locks in opposite order stopped for good in {deadlocks}, asleep: they used {busy} of a core.',
        counted('deadlocks', 'opposite order: deadlocks', deadlocks, `of ${DEADLOCKS} runs`, { least: DEADLOCKS }),
        sampled('busy', 'opposite order: CPU time of both while stuck', busy, '%', { most: 5 }),
      ),
      counts(
        'With a back-off they completed {back-off}, in one order {one-order}.',
        counted('back-off', 'back off: completed', backOff.transfers, unit, all),
        counted('backed-off', 'back off: first lock released', backOff.timesBackedOff, 'times', { least: 1 }),
        counted('one-order', 'one order: completed', oneOrder.transfers, unit, all),
        counted('money', 'money made or lost', money, 'units', { most: 0 }),
      ),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { stuck, seconds } = answer as Record<'stuck' | 'seconds', number>;
    return counts(
      'In opposite order {stuck} still waited after {seconds}.',
      counted('seconds', 'time limit', seconds, 's'),
      counted('stuck', 'threads that still waited', stuck, 'of 2 threads', { least: 2 }),
    );
  }),
});
