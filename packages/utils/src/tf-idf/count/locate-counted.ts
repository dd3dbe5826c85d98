// Looks counted terms up in a vocabulary by their order.

import { locateTerms } from '../terms/locate-terms.ts';
import { NONE } from '../terms/terms.ts';
import type { Terms } from '../terms/terms.ts';
import type { Counter, Located } from './counter.ts';

/** Ends the counting, and finds the terms in the order of both. */
export function locateCounted(counter: Counter, vocabulary: Terms): Located {
  const { terms, numbers, counts } = counter.finish();
  const located = locateTerms(terms, vocabulary);
  const found = new Int32Array(counter.numbered).fill(NONE);
  for (let term = 0; term < located.length; term++) found[numbers[term]!] = located[term]!;
  return { found, counts };
}
