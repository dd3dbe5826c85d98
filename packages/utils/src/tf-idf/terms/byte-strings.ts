// Many strings as UTF-8 bytes in one piece of memory, which threads can share.

import { sharedBytes, sharedUint32 } from './shared-arrays.ts';

/** String n is the bytes from `starts[n]` to `starts[n + 1]`. */
export interface ByteStrings {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
}

/** How many there are. */
export function countOf({ starts }: ByteStrings): number {
  return starts.length - 1;
}

/** String n as text. */
export function decodeString({ bytes, starts }: ByteStrings, n: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + starts[n]!, starts[n + 1]! - starts[n]!).toString();
}

/** The strings in UTF-8, in shared memory. */
export function encodeStrings(strings: readonly string[]): ByteStrings {
  const starts = sharedUint32(strings.length + 1);
  let length = 0;
  for (const [n, string] of strings.entries()) starts[n + 1] = length += Buffer.byteLength(string);
  const bytes = sharedBytes(length);
  const encoder = new TextEncoder();
  for (const [n, string] of strings.entries()) encoder.encodeInto(string, bytes.subarray(starts[n], starts[n + 1]));
  return { bytes, starts };
}

/** The strings that `order` names, in that order, in shared memory. */
export function arrange({ bytes, starts }: ByteStrings, order: Uint32Array | Int32Array): ByteStrings {
  const arranged = sharedUint32(order.length + 1);
  let length = 0;
  for (let n = 0; n < order.length; n++) {
    length += starts[order[n]! + 1]! - starts[order[n]!]!;
    arranged[n + 1] = length;
  }
  const target = sharedBytes(length);
  for (let n = 0; n < order.length; n++)
    copyBytes(bytes, starts[order[n]!]!, starts[order[n]! + 1]!, target, arranged[n]!);
  return { bytes: target, starts: arranged };
}

/** By a loop: for strings of a few bytes a call of `set` takes longer. */
function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  for (let n = start; n < end; n++) to[at++] = from[n]!;
}

/** Negative, zero or positive as string n of `a` comes before, is, or comes after string m of `b`. */
export function compareStrings(a: ByteStrings, n: number, b: ByteStrings, m: number): number {
  const [startA, startB] = [a.starts[n]!, b.starts[m]!];
  const [lengthA, lengthB] = [a.starts[n + 1]! - startA, b.starts[m + 1]! - startB];
  const common = Math.min(lengthA, lengthB);
  for (let at = 0; at < common; at++) {
    const difference = a.bytes[startA + at]! - b.bytes[startB + at]!;
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}
