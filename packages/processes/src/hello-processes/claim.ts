import { counted, counts, defineClaim } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { ORDER_GRADES, orderOf, outcomes, tally } from '@cookbook/lab/race';
import { helloProcesses } from './recipe.ts';
import type { Line } from './recipe.ts';

const ROUNDS = 8;
const NAMES = ['A', 'B'];
const ORDER =
  'All ten lines arrived, each in its own order: A came first in {order-a-before-b}, B in {order-b-before-a}, and they mixed in {order-interleaved}.';

export default defineClaim({
  id: 'processes/hello-processes',
  question: 'How do I start child processes and wait for all of them?',
  says: 'Two processes each print the numbers 0 to 4, are started, then joined.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'Two forked processes send five lines each: all 10 arrive before exit and disconnect, each in its own order, from two pids.',

  async measure({ signal }) {
    const orders: string[] = [];
    const pids = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      orders.push(orderOf(await helloProcesses(NAMES, ({ pid }) => pids.add(pid)), NAMES, 5));
    }
    pids.delete(process.pid);
    return [
      outcomes(ORDER, 'order', 'order of the lines', tally(orders, ORDER_GRADES)),
      counts('', counted('pids', 'pids other than our own', pids.size, 'pids', { least: NAMES.length * ROUNDS })),
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
