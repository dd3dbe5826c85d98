// A against B where the question is not one of cores: what costs more, and by how much.

import type { Context } from '../claim/claim.ts';
import type { Bound, Figure } from '../claim/figure.ts';
import { medianInterval, sampled } from '../claim/interval.ts';

/** Ratios A / B of pairs that ran one after the other, the order alternating. */
export interface Comparison {
  readonly ratios: readonly number[];
  /** ms of each run, in order. */
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export interface CompareOptions {
  readonly context: Pick<Context, 'budget' | 'signal'>;
  /** Pairs: at least, at most. */
  readonly pairs?: readonly [least: number, most: number];
  /** Half the width of the interval, as a share of the median, that is narrow enough to stop. */
  readonly precision?: number;
}

/**
 * Runs A and B in interleaved pairs, after one pair that is not counted, until the interval of the ratio is narrow
 * enough, the pairs are used up or the budget is spent. What disturbs the machine disturbs both of a pair.
 *
 * @param a, b do the work once and return the ms that it took, by the clock that suits it
 */
export async function comparePairs(
  a: () => number | Promise<number>,
  b: () => number | Promise<number>,
  { context, pairs: [least, most] = [7, 31], precision = 0.05 }: CompareOptions,
): Promise<Comparison> {
  const deadline = performance.now() + context.budget;
  const times = { a: [] as number[], b: [] as number[] };
  await a();
  await b();
  while (times.a.length < most) {
    context.signal.throwIfAborted();
    if (times.a.length % 2 === 0) {
      times.a.push(await a());
      times.b.push(await b());
    } else {
      times.b.push(await b());
      times.a.push(await a());
    }
    if (times.a.length < least) continue;
    const { median, low, high } = medianInterval(ratiosOf(times));
    if ((high - low) / 2 <= precision * median || performance.now() > deadline) break;
  }
  return { ratios: ratiosOf(times), ...times };
}

function ratiosOf({ a, b }: { a: readonly number[]; b: readonly number[] }): number[] {
  return a.map((time, pair) => time / b[pair]!);
}

/** The ratio as a figure. */
export function ratioFigure(key: string, name: string, { ratios }: Comparison, bound?: Bound): Figure {
  return sampled(key, name, ratios, 'x', bound);
}
