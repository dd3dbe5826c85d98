import { counted, counts, defineClaim } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { ORDER_GRADES, orderOf, outcomes, tally } from '@cookbook/lab/race';
import { NAMES, runRounds } from './proof/rounds.ts';
import type { Line } from './recipe.ts';

const ORDER =
  'All ten lines arrived, each in its own order: A came first in {order-a-before-b}, B in {order-b-before-a}, and they mixed in {order-interleaved}.';

export default defineClaim({
  id: 'processes/hello-processes',
  question: 'How do I start child processes and wait for all of them?',
  says: 'Two processes each print the numbers 0 to 4, are started, then joined.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'Two forked processes are alive at once and send five lines each: all 10 arrive, each in its own order, from two pids.',

  async measure(context) {
    const { orders, pids, together } = await runRounds(context);
    return [
      outcomes(ORDER, 'order', 'order of the lines', tally(orders, ORDER_GRADES)),
      counts('Both were alive at once in {together number} of 8 rounds.', together),
      counts('', pids),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const lines = answer as Line[];
    const pids = new Set(lines.map(({ pid }) => pid));
    return [
      outcomes(ORDER, 'order', 'order of the lines', tally([orderOf(lines, NAMES, 5)], ORDER_GRADES)),
      counts('', counted('pids', 'pids', pids.size, 'pids', { least: 2 })),
    ];
  }),
});
