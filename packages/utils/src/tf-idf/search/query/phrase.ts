// Documents in which words stand one after another.

import type { Places, Postings } from '../index/postings.ts';

/** A word of a phrase. */
export interface PhrasePart {
  /** Its place in the phrase, from 0 up. */
  readonly offset: number;
  /** Documents that have it, ascending. */
  readonly documents: Uint32Array;
  /** Its places in those of them that are asked for. */
  readonly places: (wanted: ReadonlySet<number>) => Places;
}

/** The documents that have the phrase, ascending, and how often. */
export function findPhrase(parts: readonly PhrasePart[]): Postings {
  const candidates = common(parts.map(({ documents }) => documents));
  const wanted = new Set(candidates);
  const places = wanted.size === 0 ? [] : parts.map((part) => part.places(wanted));
  const found: number[] = [];
  const counts: number[] = [];
  for (const document of candidates) {
    const [first, ...others] = parts.map(({ offset }, n) => ({ offset, places: places[n]!.get(document) ?? [] }));
    const sets = others.map((part) => ({ offset: part.offset, places: new Set(part.places) }));
    const starts = first!.places.map((place) => place - first!.offset);
    const count = starts.filter((start) => sets.every((part) => part.places.has(start + part.offset))).length;
    if (count === 0) continue;
    found.push(document);
    counts.push(count);
  }
  return {
    documents: Uint32Array.from(found),
    counts: Uint32Array.from(counts),
    fields: new Uint8Array(found.length),
  };
}

/** The numbers that are in all lists, ascending. */
function common(lists: readonly Uint32Array[]): number[] {
  const [shortest, ...others] = lists.toSorted((a, b) => a.length - b.length);
  const sets = others.map((list) => new Set(list));
  return Array.from(shortest ?? []).filter((document) => sets.every((set) => set.has(document)));
}
