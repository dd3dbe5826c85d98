// Sorts the terms in the tables of the counter for the default pattern.

import { arrange } from '../terms/byte-strings.ts';
import type { ByteStrings } from '../terms/byte-strings.ts';
import { sortOrder } from '../terms/multikey-quicksort.ts';
import { sharedInt32 } from '../terms/shared-arrays.ts';
import { NONE } from '../terms/terms.ts';
import type { Terms } from '../terms/terms.ts';
import { NOTHING } from './gram-table.ts';
import type { GramTable } from './gram-table.ts';
import type { TokenTable } from './token-table.ts';

interface SortedTerms {
  readonly terms: Terms;
  readonly numbers: Int32Array;
}

/** @param stops the tokens below this number are stop words, and no terms */
export function sortTerms(table: TokenTable, stops: number, grams: GramTable | undefined): SortedTerms {
  const strings = { bytes: table.bytes, starts: table.starts.subarray(0, table.count + 1) };
  const order = withoutStops(sortOrder(strings), stops);
  const ranks = new Int32Array(table.count).fill(NONE);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank]!] = rank;
  const tokens = arrange(strings, order);
  return grams === undefined ? { terms: { tokens, width: 1 }, numbers: order } : sortGrams(tokens, ranks, grams);
}

function withoutStops(order: Uint32Array, stops: number): Int32Array {
  const kept = new Int32Array(order.length - stops);
  let at = 0;
  for (let n = 0; n < order.length; n++) if (order[n]! >= stops) kept[at++] = order[n]!;
  return kept;
}

function sortGrams(tokens: ByteStrings, ranks: Int32Array, grams: GramTable): SortedTerms {
  const { least, most, numbered } = grams;
  const rows = new Int32Array(numbered * most).fill(NONE);
  const lengths = new Int32Array(numbered);
  let count = 0;
  const nodeOf = new Int32Array(numbered);
  for (let node = 0; node < numbered; node++) {
    const before = grams.before[node]!;
    const length = before === NOTHING ? 1 : lengths[before]! + 1;
    lengths[node] = length;
    for (let place = 0; place < length - 1; place++) rows[node * most + place] = rows[before * most + place]!;
    rows[node * most + length - 1] = ranks[grams.last[node]!]!;
    if (length >= least) nodeOf[count++] = node;
  }
  const order = sortRows(rows, most, nodeOf.subarray(0, count), tokens.starts.length - 1);
  const sorted = sharedInt32(count * most);
  for (let term = 0; term < count; term++) {
    const node = order[term]!;
    for (let place = 0; place < most; place++) sorted[term * most + place] = rows[node * most + place]!;
  }
  return { terms: { tokens, width: most, grams: sorted }, numbers: order };
}

/** Sorts rows of ranks, the last place first: each counting sort keeps the order of the one before (LSD radix sort). */
function sortRows(rows: Int32Array, width: number, nodes: Int32Array, ranks: number): Int32Array {
  let order = nodes;
  for (let place = width - 1; place >= 0; place--) order = sortByPlace(rows, width, place, order, ranks);
  return order;
}

function sortByPlace(rows: Int32Array, width: number, place: number, order: Int32Array, ranks: number): Int32Array {
  // NONE, the end of a shorter row, comes first: ranks are counted from 1.
  const next = new Uint32Array(ranks + 2);
  for (const node of order) next[rows[node * width + place]! + 2]!++;
  for (let rank = 1; rank < next.length; rank++) next[rank]! += next[rank - 1]!;
  const sorted = new Int32Array(order.length);
  for (const node of order) sorted[next[rows[node * width + place]! + 1]!++] = node;
  return sorted;
}
