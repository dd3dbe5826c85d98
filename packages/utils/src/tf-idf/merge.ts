// Makes one sorted list of terms out of several, and says where each term of each has gone.

import { arrange, compareStrings, countOf, sharedBytes, sharedInt32, sharedUint32 } from './strings.ts';
import type { ByteStrings } from './strings.ts';
import { compareTerms, identity, NONE, termCount } from './terms.ts';
import type { Compare, Terms } from './terms.ts';

export interface Merged {
  readonly terms: Terms;
  /** For each list: the number among `terms` of each of its terms. */
  readonly maps: readonly Int32Array[];
}

/** Merges lists of terms in pairs, and the results in pairs again. */
export function mergeTerms(lists: readonly Terms[]): Merged {
  if (lists.length === 1) return { terms: lists[0]!, maps: [identity(termCount(lists[0]!))] };
  const middle = lists.length >>> 1;
  const [first, second] = [mergeTerms(lists.slice(0, middle)), mergeTerms(lists.slice(middle))];
  const { terms, maps } = mergeTwo(first.terms, second.terms);
  return {
    terms,
    maps: [...first.maps.map((map) => compose(map, maps[0])), ...second.maps.map((map) => compose(map, maps[1]))],
  };
}

function compose(first: Int32Array, second: Int32Array): Int32Array {
  return first.map((number) => second[number]!);
}

function mergeTwo(a: Terms, b: Terms): { terms: Terms; maps: [Int32Array, Int32Array] } {
  const tokenMaps = walk(countOf(a.tokens), countOf(b.tokens), (n, m) => compareStrings(a.tokens, n, b.tokens, m));
  const tokens = mergeStrings(a.tokens, b.tokens, tokenMaps);
  const width = Math.max(a.width, b.width);
  if (a.grams === undefined && b.grams === undefined) {
    return { terms: { tokens, width }, maps: [tokenMaps.a, tokenMaps.b] };
  }
  const maps = walk(termCount(a), termCount(b), compareTerms(a, tokenMaps.a, b, tokenMaps.b));
  const grams = sharedInt32(maps.count * width).fill(NONE);
  copyGrams(a, tokenMaps.a, maps.a, grams, width);
  copyGrams(b, tokenMaps.b, maps.b, grams, width);
  return { terms: { tokens, width, grams }, maps: [maps.a, maps.b] };
}

interface Walk {
  readonly count: number;
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** Numbers the things of two sorted lists in their common order, what is equal once. */
function walk(countA: number, countB: number, compare: Compare): Walk {
  const [a, b] = [new Int32Array(countA), new Int32Array(countB)];
  let [n, m, count] = [0, 0, 0];
  for (; n < countA && m < countB; count++) {
    const order = compare(n, m);
    if (order <= 0) a[n++] = count;
    if (order >= 0) b[m++] = count;
  }
  while (n < countA) a[n++] = count++;
  while (m < countB) b[m++] = count++;
  return { count, a, b };
}

function mergeStrings(a: ByteStrings, b: ByteStrings, { count, a: mapA, b: mapB }: Walk): ByteStrings {
  // Which string stands at each place: those of `a` by their number, those of `b` alone by their number behind `a`'s.
  const order = new Uint32Array(count);
  for (let n = 0; n < mapB.length; n++) order[mapB[n]!] = mapA.length + n;
  for (let n = 0; n < mapA.length; n++) order[mapA[n]!] = n;
  return arrange(concatenate(a, b), order);
}

function concatenate(a: ByteStrings, b: ByteStrings): ByteStrings {
  const bytes = sharedBytes(a.bytes.length + b.bytes.length);
  bytes.set(a.bytes);
  bytes.set(b.bytes, a.bytes.length);
  const starts = sharedUint32(a.starts.length + b.starts.length - 1);
  starts.set(a.starts);
  for (let n = 1; n < b.starts.length; n++) starts[countOf(a) + n] = a.bytes.length + b.starts[n]!;
  return { bytes, starts };
}

/** Copies the terms of one list to their places in the merged one, their tokens by the merged numbers. */
function copyGrams(from: Terms, tokenMap: Int32Array, map: Int32Array, grams: Int32Array, width: number): void {
  for (let term = 0; term < map.length; term++) {
    const at = map[term]! * width;
    if (from.grams === undefined) {
      grams[at] = tokenMap[term]!;
      continue;
    }
    for (let place = 0; place < from.width; place++) {
      const token = from.grams[term * from.width + place]!;
      grams[at + place] = token === NONE ? NONE : tokenMap[token]!;
    }
  }
}
