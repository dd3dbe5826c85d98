// The counts by term: for each term the documents that have it, terms by their number of first appearance. Sorting the rows
// of a matrix by column, or summing a row in any order of its terms, is then one walk through the terms in that order.

import { NONE } from '../terms/terms.ts';
import type { TermCounts } from './term-counts.ts';

/** The counts of a lane by term. */
export interface Postings {
  /** Where the pairs of each number start, counted in pairs, and where the last one's end. */
  readonly starts: Uint32Array;
  /** A document's number, then the term's count in it, for each document that has the term, in their order. */
  readonly pairs: Int32Array;
  /** How many pairs each document has. */
  readonly lengths: Uint32Array;
}

/** How many documents have each number. */
export function documentFrequencies({ pairs, length }: TermCounts, numbered: number): Int32Array {
  const frequencies = new Int32Array(numbered);
  for (let pair = 0; pair < length; pair++) frequencies[pairs[2 * pair]!]!++;
  return frequencies;
}

/** A counting sort by number. */
export function postingsOf(counts: TermCounts, numbered: number): Postings {
  const starts = new Uint32Array(numbered + 1);
  starts.set(documentFrequencies(counts, numbered), 1);
  for (let number = 1; number < starts.length; number++) starts[number]! += starts[number - 1]!;
  const pairs = new Int32Array(2 * counts.length);
  const next = starts.slice();
  const { ends } = counts;
  const lengths = new Uint32Array(ends.length);
  for (let document = 0, from = 0; document < ends.length; from = ends[document++]!) {
    lengths[document] = ends[document]! - from;
    scatter(counts.pairs, from, ends[document]!, document, next, pairs);
  }
  return { starts, pairs, lengths };
}

function scatter(
  source: Int32Array,
  from: number,
  to: number,
  document: number,
  next: Uint32Array,
  pairs: Int32Array,
): void {
  for (let pair = from; pair < to; pair++) {
    const at = next[source[2 * pair]!]!++;
    pairs[2 * at] = document;
    pairs[2 * at + 1] = source[2 * pair + 1]!;
  }
}

/** How often each number occurs in all documents together. */
export function totalsOf({ pairs, length }: TermCounts, numbered: number): Float64Array {
  const totals = new Float64Array(numbered);
  for (let pair = 0; pair < length; pair++) totals[pairs[2 * pair]!]! += pairs[2 * pair + 1]!;
  return totals;
}

/** Numbers 0 to `keys.length` - 1 in the order of their keys, those without a key (NONE) left out. */
export function orderOf(keys: Int32Array): Uint32Array {
  let [ascends, kept, greatest] = [true, 0, NONE];
  for (const key of keys) {
    if (key === NONE) continue;
    if (key < greatest) ascends = false;
    greatest = Math.max(greatest, key);
    kept++;
  }
  const order = new Uint32Array(kept);
  if (ascends) fillInTurn(keys, order);
  else if (greatest < 8 * keys.length) fillByPlace(keys, order, greatest);
  else
    order.set(
      Array.from(keys.keys())
        .filter((n) => keys[n] !== NONE)
        .toSorted((a, b) => keys[a]! - keys[b]!),
    );
  return order;
}

function fillInTurn(keys: Int32Array, order: Uint32Array): void {
  let at = 0;
  for (let n = 0; n < keys.length; n++) if (keys[n] !== NONE) order[at++] = n;
}

/** Keys are different: each number goes to the place that its key names, and the gaps are closed. */
function fillByPlace(keys: Int32Array, order: Uint32Array, greatest: number): void {
  const places = new Int32Array(greatest + 1).fill(NONE);
  for (let n = 0; n < keys.length; n++) if (keys[n] !== NONE) places[keys[n]!] = n;
  let at = 0;
  for (let place = 0; place <= greatest; place++) if (places[place] !== NONE) order[at++] = places[place]!;
}
