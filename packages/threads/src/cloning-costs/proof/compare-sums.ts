// Sums by a worker against the same sums inline: records that are cloned, columns that are transferred or shared.

import { sampled } from '@cookbook/lab/claim';
import type { Bound, Context, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import type { Comparison } from '@cookbook/lab/speedup';
import { toColumns } from '../recipe.ts';
import { copyOf, makeSales, openSummer, sumInline } from './summing.ts';
import type { Summed } from './summing.ts';

/** Records: enough for milliseconds of cloning. */
const SALES = 20_000;
/** Rows of columns: enough for a millisecond of summing, against which the cost of a message is small. */
const ROWS = 1_000_000;
const PAIRS = [7, 15] as const;

const LOSES: Bound = { least: 10 };
const WINS: Bound = { most: 0.1 };

/** What was held constant. */
export const NOTE = `${SALES.toLocaleString('en-US')} records of five fields, ${ROWS.toLocaleString('en-US')} rows of columns. The time to make the columns is not in these figures.`;

/** Each way against inline: of the records, of the columns, and the times themselves. */
export async function compareSums(context: Context): Promise<Record<'records' | 'columns' | 'times', Figure[]>> {
  const sales = makeSales(SALES);
  const columns = toColumns(makeSales(ROWS), 'shared');
  const inlineSales = (): Summed => sumInline(sales);
  const inlineColumns = (): Summed => sumInline(columns);
  const summer = openSummer();
  try {
    const total = await against(() => summer.sum(sales), inlineSales, 'total', context);
    const blocked = await against(() => summer.sum(sales), inlineSales, 'blocked', context);
    const transferred = await against(() => summer.sum(copyOf(columns)), inlineColumns, 'blocked', context);
    const shared = await against(() => summer.sum(columns), inlineColumns, 'blocked', context);
    return {
      records: [
        ratioFigure('total', 'records, until the sum is there: posted / inline', total, LOSES),
        ratioFigure('blocked', 'records, time of the main thread: posted / inline', blocked, LOSES),
      ],
      columns: [
        ratioFigure('transferred', 'columns, time of the main thread: transferred / inline', transferred, WINS),
        ratioFigure('shared', 'columns, time of the main thread: shared / inline', shared, WINS),
      ],
      times: [
        sampled('records-inline', 'sum of the records inline', total.b, 'ms'),
        sampled('records-posted', 'sum of the records posted', total.a, 'ms'),
        sampled('columns-inline', 'sum of the columns inline', shared.b, 'ms'),
      ],
    };
  } finally {
    await summer.close();
  }
}

/** The time of a sum by the worker / inline. @throws Error where one of them is wrong */
async function against(
  posted: () => Promise<Summed>,
  inline: () => Summed,
  time: 'total' | 'blocked',
  context: Context,
): Promise<Comparison> {
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
}
