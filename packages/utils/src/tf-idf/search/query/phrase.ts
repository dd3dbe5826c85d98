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
    const lists = places.map((list) => list.get(document)!);
    const count = countPhrase(lists, parts);
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

/** How often the words stand one after another: `next` goes along with the places of each. */
function countPhrase(lists: readonly (readonly number[])[], parts: readonly PhrasePart[]): number {
  const next = lists.map(() => 0);
  let count = 0;
  for (const place of lists[0]!) {
    let stands = true;
    for (let n = 1; n < lists.length && stands; n++) {
      const list = lists[n]!;
      const wanted = place - parts[0]!.offset + parts[n]!.offset;
      while (next[n]! < list.length && list[next[n]!]! < wanted) next[n]! += 1;
      stands = list[next[n]!] === wanted;
    }
    if (stands) count += 1;
  }
  return count;
}

/** The numbers that are in all lists, ascending as these are. */
function common(lists: readonly Uint32Array[]): number[] {
  const [shortest, ...others] = lists.toSorted((a, b) => a.length - b.length);
  const next = others.map(() => 0);
  return Array.from(shortest ?? []).filter((document) =>
    others.every((list, n) => {
      while (next[n]! < list.length && list[next[n]!]! < document) next[n]! += 1;
      return list[next[n]!] === document;
    }),
  );
}
