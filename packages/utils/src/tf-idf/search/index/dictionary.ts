// The terms of an index. A key is found by bisection over pages; what has no order is found by going through all terms.

import { PAGE, PAGE_ENTRY } from './layout.ts';
import type { IndexSource } from './source.ts';
import { VarintReader } from './varint.ts';

/** A term, and where its postings and positions are, in bytes. */
export interface TermEntry {
  readonly key: string;
  readonly surface: string;
  /** Documents that have it. */
  readonly documents: number;
  readonly postings: readonly [start: number, end: number];
  readonly positions: readonly [start: number, end: number];
}

/** Whether a term, or a key, is wanted, by its bytes. */
export type Wanted = (bytes: Uint8Array, start: number, end: number) => boolean;

/** The terms of a key, in order; none where there is no such key. */
export function termsOfKey(source: IndexSource, key: string): TermEntry[] {
  const found: TermEntry[] = [];
  for (let page = pageOf(source, key); page < pageCount(source); page++) {
    for (const entry of entriesOf(source, page)) {
      if (entry.key === key) found.push(entry);
      else if (entry.key > key) return found;
    }
  }
  return found;
}

/**
 * The terms that are wanted, by their own bytes or by those of their keys, of all there are.
 *
 * @param wanted called with the bytes of each term and of each key that differs from its term
 */
export function termsWhere(source: IndexSource, wanted: Wanted): TermEntry[] {
  const bytes = source.read('terms', 0, source.size('terms'));
  const pages = new Set<number>();
  const places = new Set<number>();
  const reader = new VarintReader(bytes);
  for (let place = 0; place < source.totals.terms; place++) {
    const keyLength = reader.next();
    const keyAt = reader.at;
    reader.at += keyLength;
    const length = reader.next();
    const at = reader.at;
    reader.at += length;
    reader.next();
    reader.next();
    reader.next();
    if (wanted(bytes, keyAt, keyAt + keyLength) || (length > 0 && wanted(bytes, at, at + length))) {
      pages.add(Math.floor(place / PAGE));
      places.add(place);
    }
  }
  return Array.from(pages, (page) => entriesOf(source, page).filter((_, n) => places.has(page * PAGE + n))).flat();
}

function pageCount(source: IndexSource): number {
  return source.size('pages') / PAGE_ENTRY;
}

/** The last page that begins with a smaller key: the first that can have this one. */
function pageOf(source: IndexSource, key: string): number {
  let [low, high] = [0, pageCount(source)];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (firstKey(source, middle) < key) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** Where a page begins in the terms, the postings and the positions; beyond the last, where these end. */
function startsOf(source: IndexSource, page: number): [terms: number, postings: number, positions: number] {
  if (page >= pageCount(source)) return [source.size('terms'), source.size('postings'), source.size('positions')];
  const bytes = source.read('pages', page * PAGE_ENTRY, (page + 1) * PAGE_ENTRY);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getFloat64(0, true), view.getFloat64(8, true), view.getFloat64(16, true)];
}

function firstKey(source: IndexSource, page: number): string {
  const [start] = startsOf(source, page);
  const [end] = startsOf(source, page + 1);
  return new VarintReader(source.read('terms', start, end)).text();
}

function entriesOf(source: IndexSource, page: number): TermEntry[] {
  let [start, postings, positions] = startsOf(source, page);
  const [end] = startsOf(source, page + 1);
  const reader = new VarintReader(source.read('terms', start, end));
  const entries: TermEntry[] = [];
  while (!reader.done) {
    const key = reader.text();
    const surface = reader.text() || key;
    const documents = reader.next();
    const postingsEnd = postings + reader.next();
    const positionsEnd = positions + reader.next();
    entries.push({ key, surface, documents, postings: [postings, postingsEnd], positions: [positions, positionsEnd] });
    [postings, positions] = [postingsEnd, positionsEnd];
  }
  return entries;
}
