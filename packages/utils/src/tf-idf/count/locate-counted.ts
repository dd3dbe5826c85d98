// Looks counted terms up in a vocabulary by their order.

import { locate } from '../terms/locate-terms.ts';
import { NONE } from '../terms/terms.ts';
import type { Terms } from '../terms/terms.ts';
import type { Counted, Located } from './counter.ts';

/** For each number that the counter gave its term in the vocabulary. */
export function locateSorted({ terms, numbers, tally }: Counted, vocabulary: Terms, numbered: number): Located {
  const located = locate(terms, vocabulary);
  const found = new Int32Array(numbered).fill(NONE);
  for (let term = 0; term < located.length; term++) found[numbers[term]!] = located[term]!;
  return { found, tally };
}
