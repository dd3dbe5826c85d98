// Medians and rates with the intervals that hold the true ones.

import { medianSorted } from 'simple-statistics';
import type { Bound, Figure } from './figure.ts';

/**
 * The median of samples and an interval that holds the true median with 95 % confidence, whatever their distribution.
 *
 * The ends are order statistics: the k-th smallest and k-th largest sample, with the largest k for which a
 * Binomial(n, 1/2) variable falls below k with probability at most 2.5 % (David & Nagaraja, Order Statistics, section 7.1).
 * Below 6 samples no k reaches 95 %, and the interval is the whole range.
 *
 * @param samples at least one number, in any order
 * @throws RangeError where there is no sample
 */
export function medianInterval(samples: readonly number[]): { median: number; low: number; high: number } {
  if (samples.length === 0) throw new RangeError('Expected at least one sample, got none');
  const sorted = samples.toSorted((a, b) => a - b);
  const n = sorted.length;

  let below = 0; // the largest k, counted from 0
  let tail = 0.5 ** n; // P(Binomial(n, 1/2) <= below)
  let term = tail;
  while (below < Math.floor((n - 1) / 2)) {
    term *= (n - below) / (below + 1);
    if (tail + term > 0.025) break;
    tail += term;
    below += 1;
  }
  if (tail > 0.025) below = 0;
  return { median: medianSorted(sorted), low: sorted[below]!, high: sorted[n - 1 - below]! };
}

/** The median of samples, 0 where there is none. */
export function median(samples: readonly number[]): number {
  return samples.length === 0 ? 0 : medianInterval(samples).median;
}

/** A figure from samples of one quantity. */
export function sampled(key: string, name: string, samples: readonly number[], unit: string, bound?: Bound): Figure {
  return { key, name, ...medianInterval(samples), unit, ...(bound && { bound }) };
}

/**
 * The rate that a coin stays under with 95 % confidence when it came up `hits` times in `tries`: the upper end of the
 * one-sided interval of Clopper and Pearson (Biometrika 26, 1934).
 */
export function binomialUpperBound(hits: number, tries: number): number {
  if (hits >= tries) return 1;
  let [low, high] = [hits / tries, 1];
  while (high - low > 1e-9) {
    const rate = (low + high) / 2;
    if (atMost(hits, tries, rate) > 0.05) low = rate;
    else high = rate;
  }
  return high;
}

/** P(Binomial(tries, rate) <= hits) */
function atMost(hits: number, tries: number, rate: number): number {
  let term = (1 - rate) ** tries;
  let sum = term;
  for (let k = 1; k <= hits; k++) {
    term *= ((tries - k + 1) / k) * (rate / (1 - rate));
    sum += term;
  }
  return sum;
}
