// Whether letters come equally often.

import { ALPHABET } from '../recipe.ts';

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

/** Pearson's statistic for the letters of 12,500 passwords: a letter that never comes adds 3,125. */
export function chiSquareOfPasswords(make: () => string): number {
  const letters = Array.from({ length: 12_500 }, make).join('');
  const values = Array.from(letters, (letter) => ALPHABET.indexOf(letter));
  return chiSquare(values, ALPHABET.length);
}

/** What chance keeps for the letters of passwords. */
export const FAIR = { most: chiSquareLimit(ALPHABET.length) };
