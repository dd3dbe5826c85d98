import { allHold, counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { tallyFigures, tallyHeadline } from '@cookbook/lab/outcomes';
import { pythonHalf } from '@cookbook/lab/python';
import { judgeTally, ORDER_GRADES, orderOf, tally } from '@cookbook/lab/race';
import type { Tally } from '@cookbook/lab/race';
import { helloProcesses } from './recipe.ts';
import type { Line } from './recipe.ts';

const ROUNDS = 8;
const NAMES = ['A', 'B'];

interface HelloEvidence extends Evidence {
  readonly orders: Tally;
}

export default defineClaim<HelloEvidence>({
  id: 'processes/hello-processes',
  says: 'Two processes each print the numbers 0 to 4, are started, then joined.',
  from: ['MM'],
  answer:
    'Two forked processes do the same: all 10 lines arrive before the end that stands for join, each in its own order, from two pids.',

  async measure({ signal }: Context) {
    const outcomes: string[] = [];
    const pids = new Set<number>([process.pid]);
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      const lines = await helloProcesses(NAMES, ({ pid }) => pids.add(pid));
      outcomes.push(orderOf(lines, NAMES, 5));
    }
    const orders = tally(outcomes, ORDER_GRADES);
    return {
      orders,
      headline: tallyHeadline(orders),
      figures: [
        counted('pids beside our own', pids.size - 1, 'pids', { least: NAMES.length * ROUNDS }),
        ...tallyFigures(orders, 'order of the lines'),
      ],
    };
  },

  judge: (evidence) => allHold([judgeTally(evidence.orders), judgeBounds(evidence)]),

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const lines = answer as Line[];
    const orders = tally([orderOf(lines, NAMES, 5)], ORDER_GRADES);
    const pids = counted('pids', new Set(lines.map(({ pid }) => pid)).size, 'pids', { least: 2 });
    const figures = [pids, ...tallyFigures(orders, 'order of the lines')];
    return {
      figures,
      headline: tallyHeadline(orders),
      judgement: allHold([judgeTally(orders), judgeBounds({ figures })]),
    };
  }),
});
