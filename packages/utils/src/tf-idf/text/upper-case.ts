// Finds the documents whose lower-casing is more than that of ASCII letters, at the speed of memory where all is ASCII.

import { decodeAt, hasLowerCase, lengthAt } from './code-points.ts';

/**
 * Whether a document needs more than its ASCII letters lower-cased: what a letter becomes may depend on its neighbours.
 *
 * @param words the same memory as `bytes`, by fours
 */
export function hasUpperBeyondAscii(bytes: Uint8Array, words: Int32Array, start: number, end: number): boolean {
  for (
    let at = nextWide(bytes, words, start, end);
    at < end;
    at = nextWide(bytes, words, at + lengthAt(bytes, at), end)
  ) {
    if (hasLowerCase(decodeAt(bytes, at))) return true;
  }
  return false;
}

/** The next byte from `at` on that is not ASCII, `end` where there is none. `words` are the same bytes, by fours. */
function nextWide(bytes: Uint8Array, words: Int32Array, from: number, end: number): number {
  let at = from;
  while (at < end && (at & 3) !== 0 && bytes[at]! < 0x80) at++;
  if ((at & 3) === 0) at = skipWords(words, at, end);
  while (at < end && bytes[at]! < 0x80) at++;
  return at;
}

function skipWords(words: Int32Array, from: number, end: number): number {
  let word = from >>> 2;
  const last = end >>> 2;
  while (word < last && (words[word]! & 0x80_80_80_80) === 0) word++;
  return word << 2;
}
