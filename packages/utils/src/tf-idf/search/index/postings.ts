// The documents of terms, and the places of terms in documents.

import type { TermEntry } from './dictionary.ts';
import { IN_HEADING, IN_NAME } from './layout.ts';
import type { IndexSource } from './source.ts';
import { VarintReader } from './varint.ts';

/** Documents with a word, ascending, and how the word is in each. */
export interface Postings {
  readonly documents: Uint32Array;
  /** How often it is in the text. */
  readonly counts: Uint32Array;
  /** Flags: `IN_NAME`, `IN_HEADING`. */
  readonly fields: Uint8Array;
}

/** The documents of one term. */
export function readPostings(source: IndexSource, { documents: length, postings: [start, end] }: TermEntry): Postings {
  const reader = new VarintReader(source.read('postings', start, end));
  const documents = new Uint32Array(length);
  const counts = new Uint32Array(length);
  const fields = new Uint8Array(length);
  let document = -1;
  for (let at = 0; at < length; at++) {
    document += reader.next();
    const code = reader.next();
    documents[at] = document;
    counts[at] = code >>> 2;
    fields[at] = code & (IN_NAME | IN_HEADING);
  }
  return { documents, counts, fields };
}

/**
 * The documents of several terms as of one word: counts added, flags together.
 *
 * @param documents how many the index has
 */
export function unite(all: readonly Postings[], documents: number): Postings {
  if (all.length === 1) return all[0]!;
  const counts = new Uint32Array(documents);
  const fields = new Uint8Array(documents);
  const there = new Uint8Array(documents);
  let length = 0;
  for (const one of all) {
    for (let at = 0; at < one.documents.length; at++) {
      const document = one.documents[at]!;
      if (there[document] === 0) length += 1;
      there[document] = 1;
      counts[document]! += one.counts[at]!;
      fields[document]! |= one.fields[at]!;
    }
  }
  const found = { documents: new Uint32Array(length), counts: new Uint32Array(length), fields: new Uint8Array(length) };
  for (let document = 0, next = 0; next < length; document++) {
    if (there[document] === 0) continue;
    found.documents[next] = document;
    found.counts[next] = counts[document]!;
    found.fields[next++] = fields[document]!;
  }
  return found;
}

/** The places of some terms, united, in each document that is asked for, ascending. */
export type Places = ReadonlyMap<number, readonly number[]>;

/**
 * The places of several terms as of one word.
 *
 * @param wanted the documents whose places are read
 */
export function readPlaces(source: IndexSource, terms: readonly TermEntry[], wanted: ReadonlySet<number>): Places {
  const places = new Map<number, number[]>();
  for (const term of terms) {
    const { documents, counts } = readPostings(source, term);
    const reader = new VarintReader(source.read('positions', ...term.positions));
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at]!;
      if (!wanted.has(document)) {
        reader.skip(counts[at]!);
        continue;
      }
      const own: number[] = [];
      let place = -1;
      for (let count = counts[at]!; count > 0; count--) own.push((place += reader.next()));
      const before = places.get(document);
      places.set(document, before ? [...new Set([...before, ...own])].toSorted((a, b) => a - b) : own);
    }
  }
  return places;
}
