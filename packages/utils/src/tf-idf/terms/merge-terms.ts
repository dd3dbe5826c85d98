// Merges sorted lists of terms into one, with the new place of each term.

import { compareStrings, countOf } from './byte-strings.ts';
import type { ByteStrings } from './byte-strings.ts';
import { sharedBytes, sharedInt32, sharedUint32 } from './shared-arrays.ts';
import { compareTerms, identity, NONE, termCount } from './terms.ts';
import type { Compare, Terms } from './terms.ts';

/** Several lists in one. */
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
  return { terms, maps: [...through(first.maps, maps[0]), ...through(second.maps, maps[1])] };
}

/** The maps, each followed by another; a list that was not merged before has no map of its own. */
function through(maps: readonly Int32Array[], next: Int32Array): readonly Int32Array[] {
  return maps.length === 1 ? [next] : maps.map((map) => compose(map, next));
}

function compose(first: Int32Array, second: Int32Array): Int32Array {
  const composed = sharedInt32(first.length);
  for (let n = 0; n < first.length; n++) composed[n] = second[first[n]!]!;
  return composed;
}

function mergeTwo(a: Terms, b: Terms): { terms: Terms; maps: [Int32Array, Int32Array] } {
  const { strings: tokens, ...tokenMaps } = mergeStrings(a.tokens, b.tokens);
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

/** The numbers that the things of two lists have in both together. */
interface Maps {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** Numbers the things of two sorted lists in their common order, what is equal once. */
function walk(countA: number, countB: number, compare: Compare): Maps & { readonly count: number } {
  const [a, b] = [sharedInt32(countA), sharedInt32(countB)];
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

/** As `walk` does, and copies the strings on the way, while their bytes are at hand. */
function mergeStrings(a: ByteStrings, b: ByteStrings): Maps & { readonly strings: ByteStrings } {
  const [countA, countB] = [countOf(a), countOf(b)];
  const maps = { a: sharedInt32(countA), b: sharedInt32(countB) };
  const bytes = new Uint8Array(a.bytes.length + b.bytes.length);
  const starts = new Uint32Array(countA + countB + 1);
  let [n, m, count, length] = [0, 0, 0, 0];
  while (n < countA || m < countB) {
    const order = n === countA ? 1 : m === countB ? -1 : compareStrings(a, n, b, m);
    length = order <= 0 ? copyString(a, n, bytes, length) : copyString(b, m, bytes, length);
    if (order <= 0) maps.a[n++] = count;
    if (order >= 0) maps.b[m++] = count;
    starts[++count] = length;
  }
  const strings = { bytes: sharedBytes(length), starts: sharedUint32(count + 1) };
  strings.bytes.set(bytes.subarray(0, length));
  strings.starts.set(starts.subarray(0, count + 1));
  return { ...maps, strings };
}

/** Returns where its copy ends. By a loop: for a few bytes a call of `set` takes longer. */
function copyString({ bytes, starts }: ByteStrings, n: number, to: Uint8Array, at: number): number {
  const end = starts[n + 1]!;
  for (let from = starts[n]!; from < end; from++) to[at++] = bytes[from]!;
  return at;
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
