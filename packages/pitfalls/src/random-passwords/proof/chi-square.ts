// Whether letters come equally often.

/**
 * Pearson's statistic for `values` from 0 to `size` - 1 against all being equally likely: 0 where each comes equally
 * often, around `size` - 1 where they are drawn at random.
 */
export function chiSquare(values: readonly number[], size: number): number {
  const counts = Array.from({ length: size }, () => 0);
  for (const value of values) counts[value]! += 1;
  const expected = values.length / size;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/**
 * The value that Pearson's statistic exceeds by chance once in a thousand million times, by the approximation of Wilson
 * and Hilferty (Proc. Nat. Acad. Sci. 17, 1931): a cube of a normal variable, here 6 standard deviations out.
 */
export function chiSquareLimit(size: number): number {
  const freedom = size - 1;
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 6 * Math.sqrt(spread)) ** 3;
}
