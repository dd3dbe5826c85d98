import { counted, counts, defineClaim } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { ORDER_GRADES, orderOf, outcomes, tally } from '@cookbook/lab/race';
import { helloThreads } from './recipe.ts';
import type { Line } from './recipe.ts';

const ROUNDS = 10;
const NAMES = ['A', 'B'];

export default defineClaim({
  id: 'threads/hello-threads',
  question: 'How do I start worker threads in Node.js and wait for them to end?',
  says: 'Two threads each print the numbers 0 to 4, are started, then joined.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    "Two worker threads print five lines each; all ten arrive before the exit events that stand for join, each thread's in order.",

  async measure({ signal }) {
    const orders: string[] = [];
    const threadIds = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      const lines = await helloThreads(NAMES, ({ threadId }) => threadIds.add(threadId));
      orders.push(orderOf(lines, NAMES, 5));
    }
    const words =
      "All ten lines arrived, each thread's in order; all of A came first in {lines-a-before-b}, all of B in {lines-b-before-a number}.";
    const least = NAMES.length * ROUNDS;
    return [
      outcomes(words, 'lines', 'order of the lines', tally(orders, ORDER_GRADES)),
      counts('', counted('threads', 'different threads', threadIds.size, 'threads', { least })),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const orders = tally([orderOf(answer as Line[], NAMES, 5)], ORDER_GRADES);
    return outcomes("All ten lines came, each thread's own in order.", 'lines', 'order of the lines', orders);
  }),
});
