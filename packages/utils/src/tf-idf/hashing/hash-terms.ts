// Terms to columns by their hash.

import type { HashingSettings } from '../options/read-options.ts';
import { sharedInt32 } from '../terms/shared-arrays.ts';
import { termCount, termText } from '../terms/terms.ts';
import type { Terms } from '../terms/terms.ts';
import { murmurHash3 } from './murmur-hash.ts';

/** The places of terms in a matrix of hashed columns. */
export interface HashedTerms {
  /** For each term its place among all in the order of their columns: terms that share a column are neighbours. */
  readonly places: Int32Array;
  /** For each place the column, and 1 or -1. */
  readonly columns: Int32Array;
  readonly signs: Int8Array;
}

/** The column of a term is the absolute value of its hash modulo the number of columns, its sign that of the hash. */
export function hashTerms(terms: Terms, { nFeatures, alternateSign }: HashingSettings): HashedTerms {
  const count = termCount(terms);
  const hashes = new Int32Array(count);
  const columnOf = new Int32Array(count);
  for (let term = 0; term < count; term++) {
    const hash = hashOf(terms, term);
    hashes[term] = hash;
    columnOf[term] = Math.abs(hash) % nFeatures;
  }
  const order = Uint32Array.from({ length: count }, (_, term) => term).toSorted((a, b) => columnOf[a]! - columnOf[b]!);
  const places = sharedInt32(count);
  const columns = new Int32Array(count);
  const signs = new Int8Array(count);
  for (let place = 0; place < count; place++) {
    const term = order[place]!;
    places[term] = place;
    columns[place] = columnOf[term]!;
    signs[place] = alternateSign && hashes[term]! < 0 ? -1 : 1;
  }
  return { places, columns, signs };
}

function hashOf(terms: Terms, term: number): number {
  const { tokens, grams } = terms;
  if (grams === undefined) return murmurHash3(tokens.bytes, tokens.starts[term], tokens.starts[term + 1]);
  return murmurHash3(Buffer.from(termText(terms, term)));
}
