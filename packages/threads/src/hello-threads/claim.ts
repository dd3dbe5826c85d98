import { allHold, counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { tallyFigures, tallyHeadline } from '@cookbook/lab/outcomes';
import { pythonHalf } from '@cookbook/lab/python';
import { judgeTally, ORDER_GRADES, orderOf, tally } from '@cookbook/lab/race';
import type { Tally } from '@cookbook/lab/race';
import { helloThreads } from './recipe.ts';
import type { Line } from './recipe.ts';

const ROUNDS = 10;
const NAMES = ['A', 'B'];

interface HelloEvidence extends Evidence {
  readonly orders: Tally;
}

export default defineClaim<HelloEvidence>({
  id: 'threads/hello-threads',
  says: 'Two threads each print the numbers 0 to 4, are started, then joined.',
  from: ['MM'],
  answer:
    'Two workers do the same: all 10 lines arrive before the exit event that stands for join, each in its own order.',

  async measure({ signal }: Context) {
    const outcomes: string[] = [];
    const threadIds = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      const lines = await helloThreads(NAMES, ({ threadId }) => threadIds.add(threadId));
      outcomes.push(orderOf(lines, NAMES, 5));
    }
    const orders = tally(outcomes, ORDER_GRADES);
    return {
      orders,
      headline: tallyHeadline(orders),
      figures: [
        counted('different threads', threadIds.size, 'threads', { least: NAMES.length * ROUNDS }),
        ...tallyFigures(orders, 'order of the lines'),
      ],
    };
  },

  judge: (evidence) => allHold([judgeTally(evidence.orders), judgeBounds(evidence)]),

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const orders = tally([orderOf(answer as Line[], NAMES, 5)], ORDER_GRADES);
    const figures = tallyFigures(orders, 'order of the lines');
    return { figures, headline: tallyHeadline(orders), judgement: judgeTally(orders) };
  }),
});
