import { defineClaim, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import type { Comparison } from '@cookbook/lab/speedup';
import { toColumns } from './recipe.ts';
import { copyOf, makeSales, openSummer, sumInline } from './proof/summing.ts';
import type { Summed, Summer } from './proof/summing.ts';

/** Records: enough for milliseconds of cloning. */
const SALES = 20_000;
/** Rows of columns: enough for a millisecond of summing up, against which the cost of a message is small. */
const ROWS = 1_000_000;
const PAIRS = [7, 15] as const;

export default defineClaim<Evidence>({
  id: 'threads/cloning-costs',
  says: 'Moving a computation to a worker takes it off the main thread.',
  from: ['ours'],
  answer:
    'Not if its input has to be cloned: posting an object graph costs at least twice as much as summing it up inline; shared or transferred columns cost less than half.',

  async measure(context: Context) {
    const summer = openSummer();
    try {
      return await compareAll(summer, context);
    } finally {
      await summer.close();
    }
  },

  judge: ({ figures }) => judgeIntervals(figures),
});

async function compareAll(summer: Summer, context: Context): Promise<Evidence> {
  const sales = makeSales(SALES);
  const columns = toColumns(makeSales(ROWS), 'shared');
  const against = async (
    posted: () => Promise<Summed>,
    inline: () => Summed,
    time: 'total' | 'blocked',
  ): Promise<Comparison> => {
    const expected = inline().sums.join();
    const check = (summed: Summed): number => {
      if (summed.sums.join() === expected) return summed[time];
      throw new Error(`Expected the sums ${expected}, got ${summed.sums.join()}`);
    };
    for (let round = 0; round < 5; round++) check(inline()); // compiled
    return comparePairs(
      async () => check(await posted()),
      () => check(inline()),
      { context, pairs: PAIRS },
    );
  };
  const inlineSales = (): Summed => sumInline(sales);
  const inlineColumns = (): Summed => sumInline(columns);

  const total = await against(() => summer.sum(sales), inlineSales, 'total');
  const blocked = await against(() => summer.sum(sales), inlineSales, 'blocked');
  const transferred = await against(() => summer.sum(copyOf(columns)), inlineColumns, 'blocked');
  const shared = await against(() => summer.sum(columns), inlineColumns, 'blocked');

  const [loses, wins] = [{ least: 2 }, { most: 0.5 }];
  const figures = [
    ratioFigure('records, until the sum is there: posted / inline', total, loses),
    ratioFigure('records, time of the main thread: posted / inline', blocked, loses),
    ratioFigure('columns, time of the main thread: transferred / inline', transferred, wins),
    ratioFigure('columns, time of the main thread: shared / inline', shared, wins),
  ];
  const x = (n: number): string => `${figures[n]!.median.toPrecision(2)}x`;
  return {
    headline: `against inline, records posted take ${Math.round(figures[0]!.median)}x the time, ${Math.round(figures[1]!.median)}x on the main thread alone; columns transferred ${x(2)}, shared ${x(3)}`,
    figures: [
      ...figures,
      sampled('sum of the records inline', total.b, 'ms'),
      sampled('sum of the records posted', total.a, 'ms'),
      sampled('sum of the columns inline', shared.b, 'ms'),
    ],
    notes: [
      `${SALES.toLocaleString('en-US')} records of five fields, ${ROWS.toLocaleString('en-US')} rows of columns. The time to make the columns is not in these figures.`,
    ],
  };
}
