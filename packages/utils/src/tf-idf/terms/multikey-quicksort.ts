// Sorts strings by their bytes without looking at a byte twice: three parts by one key, the middle one by the next key
// (Bentley and Sedgewick, "Fast algorithms for sorting and searching strings", SODA 1997). A key is four bytes here, kept
// beside the number of its string, so that a comparison touches no string.

import { countOf } from './byte-strings.ts';
import type { ByteStrings } from './byte-strings.ts';

const KEY_BYTES = 4;
const SMALL = 12;

/** The numbers of the strings in the order of their bytes, which is that of their code points. */
export function sortOrder(strings: ByteStrings): Uint32Array {
  const order = new Uint32Array(countOf(strings));
  for (let n = 0; n < order.length; n++) order[n] = n;
  multikeyQuicksort(strings, order);
  return order;
}

/** Sorts `order`, numbers of different strings. */
function multikeyQuicksort(strings: ByteStrings, order: Uint32Array): void {
  const keys = new Uint32Array(order.length);
  const work = [{ from: 0, to: order.length, depth: 0, loaded: false }];
  for (let part = work.pop(); part !== undefined; part = work.pop()) {
    const { from, to, depth, loaded } = part;
    if (to - from < 2) continue;
    if (!loaded) loadKeys(strings, order, keys, from, to, depth);
    if (to - from <= SMALL) {
      insertionSort(keys, order, from, to);
      for (let start = from; start < to;) {
        const end = endOfEqual(keys, start, to);
        if (end - start > 1) work.push(beyond(strings, order, start, end, depth));
        start = end;
      }
      continue;
    }
    const [less, greater] = partition(keys, order, from, to);
    work.push({ from, to: less, depth, loaded: true }, { from: greater, to, depth, loaded: true });
    if (greater - less > 1) work.push(beyond(strings, order, less, greater, depth));
  }
}

/** Four bytes from `depth` on as a number, 0 for those that a string does not have any more. */
function loadKeys(
  { bytes, starts }: ByteStrings,
  order: Uint32Array,
  keys: Uint32Array,
  from: number,
  to: number,
  depth: number,
): void {
  for (let n = from; n < to; n++) {
    const start = starts[order[n]!]! + depth;
    const end = starts[order[n]! + 1]!;
    let key = 0;
    for (let at = start; at < start + KEY_BYTES; at++) key = (key << 8) | (at < end ? bytes[at]! : 0);
    keys[n] = key;
  }
}

/**
 * Sorts the rests of strings with one key. Those that end within it come first, by length: they differ in zero bytes at
 * their end.
 */
function beyond(
  { starts }: ByteStrings,
  order: Uint32Array,
  from: number,
  to: number,
  depth: number,
): { from: number; to: number; depth: number; loaded: boolean } {
  const next = depth + KEY_BYTES;
  const lengthOf = (id: number): number => starts[id + 1]! - starts[id]!;
  let ended = from;
  for (let n = from; n < to; n++) {
    const id = order[n]!;
    if (lengthOf(id) > next) continue;
    let at = ended++;
    order[n] = order[at]!;
    for (; at > from && lengthOf(order[at - 1]!) > lengthOf(id); at--) order[at] = order[at - 1]!;
    order[at] = id;
  }
  return { from: ended, to, depth: next, loaded: false };
}

/** Less than the pivot to the left, greater to the right; the bounds of what is equal. */
function partition(keys: Uint32Array, order: Uint32Array, from: number, to: number): [less: number, greater: number] {
  const pivot = middleOf(keys[from]!, keys[(from + to) >>> 1]!, keys[to - 1]!);
  let less = from;
  let greater = to;
  for (let n = from; n < greater;) {
    const key = keys[n]!;
    if (key < pivot) swap(keys, order, n++, less++);
    else if (key > pivot) swap(keys, order, n, --greater);
    else n++;
  }
  return [less, greater];
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function swap(keys: Uint32Array, order: Uint32Array, n: number, m: number): void {
  const key = keys[n]!;
  keys[n] = keys[m]!;
  keys[m] = key;
  const id = order[n]!;
  order[n] = order[m]!;
  order[m] = id;
}

function insertionSort(keys: Uint32Array, order: Uint32Array, from: number, to: number): void {
  for (let n = from + 1; n < to; n++) {
    const [key, id] = [keys[n]!, order[n]!];
    let at = n;
    for (; at > from && keys[at - 1]! > key; at--) {
      keys[at] = keys[at - 1]!;
      order[at] = order[at - 1]!;
    }
    keys[at] = key;
    order[at] = id;
  }
}

function endOfEqual(keys: Uint32Array, start: number, to: number): number {
  let end = start + 1;
  while (end < to && keys[end] === keys[start]) end++;
  return end;
}
