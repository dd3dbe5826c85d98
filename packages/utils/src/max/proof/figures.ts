// The figures of the claim, and the curve beside them.

import { counted, medianInterval, sampled, shown } from '@cookbook/lab/claim';
import type { Context, Figure, Finding, LinePlot } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { timed } from '@cookbook/lab/task';
import { max } from '../extremes/iterables.ts';
import { longestSpread } from './longest-spread.ts';
import { breakEven, THREADS } from './sweep-sizes.ts';
import type { Size } from './sweep-sizes.ts';

const MILLION = 1_000_000;
/** ms for the pairs of reduce and loop. */
const PAIRS_MS = 600;

/** The longest array that `Math.max(...)` takes on this stack, in elements. */
export function longestFigure(): Figure {
  const bound = { least: 1_000, most: 9_999_999 };
  return counted('longest', 'longest array that Math.max(...) takes', longestSpread(), 'elements', bound);
}

/** Time of `reduce` over time of the loop, in pairs, for the first million of the values. */
export async function reduceFigure(values: Float64Array, { budget, signal }: Context): Promise<Figure> {
  const given = values.subarray(0, MILLION);
  const byReduce = timedSearch(given, () => given.reduce((best, value) => Math.max(best, value), -Infinity));
  const byLoop = timedSearch(given, () => max(given));
  const pairs = await comparePairs(byReduce, byLoop, { context: { budget: Math.min(budget, PAIRS_MS), signal } });
  return ratioFigure('reduce', 'reduce / loop, 1,000,000 doubles', pairs, { least: 4 });
}

/** Returns the ms of one search, and throws where it finds something else than the largest value. */
function timedSearch(values: Float64Array, find: () => number): () => Promise<number> {
  const expected = max(values);
  return () =>
    timed(() => {
      const found = find();
      if (found !== expected) throw new Error(`Expected the largest value to be ${expected}, got ${found}`);
    });
}

/** Time of the threads over time of one call, for the least of the sizes. */
export function smallFigure([small]: readonly Size[]): Figure {
  const name = `${THREADS} threads / one call, ${small!.length.toLocaleString('en-US')} doubles`;
  return sampled('small', name, small!.ratios, 'x', { least: 1.5 });
}

/** From how many values on the threads were faster; no figure where they were at no size. */
export function paidFrom(words: string, sizes: readonly Size[]): Finding {
  const least = breakEven(sizes);
  if (least !== undefined) return shown(words, counted('paid-from', 'MaxThreads faster from', least, 'doubles'));
  return { figures: [], notes: ['MaxThreads was faster than one call at none of the sizes in this run.'] };
}

/** The ratios by size, both axes logarithmic. */
export function sweepPlot(sizes: readonly Size[]): LinePlot {
  const points = sizes.map(({ length, ratios }) => {
    const { median, low, high } = medianInterval(ratios);
    return { x: length, y: median, low, high };
  });
  return {
    kind: 'lines',
    title: `Time of ${THREADS} threads / time of one call`,
    x: { label: 'doubles', unit: 'count', scale: 'log' },
    y: { label: 'ratio', unit: 'x', scale: 'log' },
    series: [
      { name: `${THREADS} threads`, points },
      { name: 'as fast', limit: true, points: sizes.map(({ length }) => ({ x: length, y: 1 })) },
    ],
  };
}
