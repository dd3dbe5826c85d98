// Sorted terms. A term is a token or, with n-grams, several in a row: those are kept as numbers of their tokens, since a
// million pairs of words are made of some ten thousand words.

import { compareStrings, countOf, decodeString } from './byte-strings.ts';
import type { ByteStrings } from './byte-strings.ts';
import { sharedInt32 } from './shared-arrays.ts';

/** A list of terms. */
export interface Terms {
  /** Sorted by their bytes, each different. */
  readonly tokens: ByteStrings;
  /** Tokens of the longest term. */
  readonly width: number;
  /** For each term the numbers of its `width` tokens, NONE after the last one. Undefined where term n is token n. */
  readonly grams?: Int32Array | undefined;
}

/** No token, no term, no column. */
export const NONE = -1;

/** How many terms there are. */
export function termCount({ tokens, width, grams }: Terms): number {
  return grams === undefined ? countOf(tokens) : grams.length / width;
}

/** The tokens of the term with single spaces between. */
export function termText({ tokens, width, grams }: Terms, term: number): string {
  if (grams === undefined) return decodeString(tokens, term);
  const parts = Array.from(grams.subarray(term * width, (term + 1) * width)).filter((token) => token !== NONE);
  return parts.map((token) => decodeString(tokens, token)).join(' ');
}

/**
 * Compares two numbered things of two sorted lists, by what stands at those numbers. Terms in the order of their tokens
 * are in the order of their bytes too: the space between two tokens is less than every byte that a token can hold.
 */
export type Compare = (a: number, b: number) => number;

/** Compares the tokens of two lists by their bytes. */
export function compareTokens(a: Terms, b: Terms): Compare {
  return (n, m) => compareStrings(a.tokens, n, b.tokens, m);
}

/** Compares terms of lists that number their tokens differently, by numbers that both are mapped to; `b`'s own without a map. */
export function compareTerms(a: Terms, mapA: Int32Array, b: Terms, mapB?: Int32Array): Compare {
  const width = Math.max(a.width, b.width);
  return (n, m) => {
    for (let place = 0; place < width; place++) {
      const [tokenA, tokenB] = [tokenAt(a, n, place), tokenAt(b, m, place)];
      const numberB = mapB === undefined || tokenB === NONE ? tokenB : mapB[tokenB]!;
      const difference = (tokenA === NONE ? NONE : mapA[tokenA]!) - numberB;
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** Whether all tokens of the term are known to `map`. */
export function isMapped(terms: Terms, map: Int32Array, term: number): boolean {
  for (let place = 0; place < terms.width; place++) {
    const token = tokenAt(terms, term, place);
    if (token !== NONE && map[token] === NONE) return false;
  }
  return true;
}

function tokenAt({ width, grams }: Terms, term: number, place: number): number {
  if (grams === undefined) return place === 0 ? term : NONE;
  return place < width ? grams[term * width + place]! : NONE;
}

/** Numbers from 0 in shared memory: the map of a list to itself. */
export function identity(length: number): Int32Array {
  const map = sharedInt32(length);
  for (let n = 0; n < length; n++) map[n] = n;
  return map;
}

/** The value of every term by its column; NaN for a term without one. */
export function valuesOfTerms(values: Float64Array, columns: Int32Array): Float64Array {
  const all = new Float64Array(columns.length);
  for (let term = 0; term < columns.length; term++) all[term] = columns[term] === NONE ? NaN : values[columns[term]!]!;
  return all;
}
