import { counts, defineClaim } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { ORDER_GRADES, orderOf, outcomes, tally } from '@cookbook/lab/race';
import { NAMES, runRounds } from './proof/rounds.ts';
import type { Line } from './recipe.ts';

export default defineClaim({
  id: 'threads/hello-threads',
  question: 'How do I start worker threads in Node.js and wait for them to end?',
  says: 'Two threads each print the numbers 0 to 4, are started, then joined.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    "Two worker threads run at once and print five lines each; all ten arrive before their exit events, each thread's in order.",

  async measure(context) {
    const { orders, threads, together } = await runRounds(context);
    const words =
      "All ten lines arrived, each thread's in order; all of A came first in {lines-a-before-b}, all of B in {lines-b-before-a number}.";
    return [
      outcomes(words, 'lines', 'order of the lines', tally(orders, ORDER_GRADES)),
      counts('Both threads were alive at once in {together} rounds.', together),
      counts('', threads),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const orders = tally([orderOf(answer as Line[], NAMES, 5)], ORDER_GRADES);
    return outcomes("All ten lines came, each thread's own in order.", 'lines', 'order of the lines', orders);
  }),
});
