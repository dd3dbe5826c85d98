// The dictionary of an index.

import { keyOf } from '../words/fold.ts';
import { ByteWriter } from './byte-writer.ts';
import { PAGE, PAGE_ENTRY } from './layout.ts';

/** A term, and its number among those that were met. */
export interface SortedTerm {
  readonly key: string;
  readonly surface: string;
  readonly number: number;
}

/** By key, then by term, in the order of UTF-16 units: any order does that writing and reading share. */
export function sortTerms(surfaces: readonly string[]): SortedTerm[] {
  const terms = surfaces.map((surface, number) => ({ key: keyOf(surface), surface, number }));
  return terms.toSorted((a, b) => compare(a.key, b.key) || compare(a.surface, b.surface));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By the number of each term: its documents, and the bytes of its postings and of its positions. */
export interface TermSizes {
  readonly documents: Uint32Array;
  readonly postings: Float64Array;
  readonly positions: Float64Array;
}

/** The dictionary; and by the number of each term where its postings and positions begin. */
export function writeTerms(sorted: readonly SortedTerm[], sizes: TermSizes) {
  const pages = new DataView(new ArrayBuffer(Math.ceil(sorted.length / PAGE) * PAGE_ENTRY));
  const postingsAt = new Float64Array(sorted.length);
  const positionsAt = new Float64Array(sorted.length);
  const writer = new ByteWriter();
  let [postings, positions] = [0, 0];
  for (const [place, { key, surface, number }] of sorted.entries()) {
    if (place % PAGE === 0) {
      for (const [field, value] of [writer.length, postings, positions].entries()) {
        pages.setFloat64((place / PAGE) * PAGE_ENTRY + field * 8, value, true);
      }
    }
    postingsAt[number] = postings;
    positionsAt[number] = positions;
    writer.text(key);
    writer.text(surface === key ? '' : surface);
    for (const size of [sizes.documents, sizes.postings, sizes.positions]) writer.varint(size[number]!);
    postings += sizes.postings[number]!;
    positions += sizes.positions[number]!;
  }
  return { terms: writer.bytes, pages: new Uint8Array(pages.buffer), postingsAt, positionsAt };
}
