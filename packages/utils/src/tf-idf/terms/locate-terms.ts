// Looks sorted terms up in a sorted vocabulary.

import { countOf } from './byte-strings.ts';
import { compareTerms, compareTokens, isMapped, NONE, termCount } from './terms.ts';
import type { Compare, Terms } from './terms.ts';

/** For each of `terms` its number in `vocabulary`, NONE where it is not there. */
export function locateTerms(terms: Terms, vocabulary: Terms): Int32Array {
  const tokens = gallop(countOf(terms.tokens), countOf(vocabulary.tokens), compareTokens(terms, vocabulary));
  if (terms.grams === undefined && vocabulary.grams === undefined) return tokens;
  const compare = compareTerms(terms, tokens, vocabulary);
  const isKnown = (term: number): boolean => isMapped(terms, tokens, term);
  return gallop(termCount(terms), termCount(vocabulary), compare, isKnown);
}

/**
 * For each thing of one sorted list its number in another one. From the place of the one before, steps that double find
 * the stretch to search: a few terms cost the logarithm of the vocabulary each, as many as it has cost one walk through
 * it (Bentley and Yao, "An almost optimal algorithm for unbounded searching", 1976).
 */
function gallop(
  count: number,
  vocabularyCount: number,
  compare: Compare,
  isKnown: (n: number) => boolean = () => true,
): Int32Array {
  const found = new Int32Array(count).fill(NONE);
  let low = 0; // everything before is less than whatever comes
  for (let n = 0; n < count && low < vocabularyCount; n++) {
    if (!isKnown(n)) continue; // it has no place in the order of the vocabulary
    let order = compare(n, low);
    if (order > 0) {
      low = search(n, low, vocabularyCount, compare);
      order = low < vocabularyCount ? compare(n, low) : -1;
    }
    if (order === 0) found[n] = low++;
  }
  return found;
}

/** The first place behind `from` that does not come before thing n: in steps that double, then by halves. */
function search(n: number, from: number, end: number, compare: Compare): number {
  let low = from + 1;
  let high = low;
  for (let step = 1; high < end && compare(n, high) > 0; step *= 2) {
    low = high + 1;
    high += step;
  }
  high = Math.min(high, end);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(n, middle) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
