// How far counts are from what a uniform choice would give.

import { charactersOf } from '../alphabet.ts';
import { passwordSpace } from '../space.ts';
import type { Part } from '../space.ts';

/**
 * Pearson's chi-square of counts against expected counts, as standard deviations above its mean.
 *
 * The cube root of chi-square over its degrees of freedom is close to normal (Wilson & Hilferty, PNAS 17, 1931). A fair
 * source goes over 5 once in 3.5 million trials, whatever the number of cells.
 *
 * @param expected positive, with the same sum as `observed`; 5 or more each for the approximation to be good
 */
export function chiSquareDeviation(observed: readonly number[], expected: readonly number[]): number {
  const chiSquare = expected.reduce((sum, mean, cell) => sum + (observed[cell]! - mean) ** 2 / mean, 0);
  const freedom = expected.length - 1;
  const spread = 2 / (9 * freedom);
  return ((chiSquare / freedom) ** (1 / 3) - (1 - spread)) / Math.sqrt(spread);
}

/**
 * The probability of each character at any one position, by exact count: the passwords that have it there, out of all.
 * A class that has to be there is a little more frequent than its share of the alphabet, all its characters alike.
 */
export function exactShares(length: number, parts: readonly Part[]): Map<string, number> {
  const { size } = passwordSpace(length, parts);
  return new Map(
    parts.flatMap((part) => {
      const others = parts.map((one) => (one === part ? { ...one, least: Math.max(0, one.least - 1) } : one));
      const share = ratio(passwordSpace(length - 1, others).size, size);
      return part.characters.map((character) => [character, share] as const);
    }),
  );
}

/** The deviation of each position from the exact shares. A character without a share counts as infinitely far. */
export function deviationByPosition(passwords: readonly string[], shares: ReadonlyMap<string, number>): number[] {
  const characters = [...shares.keys()];
  const length = charactersOf(passwords[0]!).length;
  const counts = Array.from({ length }, () => new Map(characters.map((character) => [character, 0])));
  for (const password of passwords) {
    for (const [position, character] of charactersOf(password).entries()) {
      const seen = counts[position]!.get(character);
      if (seen === undefined) return Array.from({ length }, () => Infinity);
      counts[position]!.set(character, seen + 1);
    }
  }
  const expected = characters.map((character) => shares.get(character)! * passwords.length);
  return counts.map((seen) => chiSquareDeviation([...seen.values()], expected));
}

/** The quotient of two integers of any size, to 15 digits. */
function ratio(part: bigint, whole: bigint): number {
  return Number((part * 10n ** 18n) / whole) / 1e18;
}
