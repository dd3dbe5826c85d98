// What a thread does: takes the next part of the memory that all of them share, until none is left.

import { largestOfPart } from './recipe.ts';
import type { Memory } from './web-assembly.ts';

/** Doubles from `start` up to but not including `end`, by index. */
export interface Part {
  readonly memory: Memory;
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  readonly memory: Memory;
  /** Of all doubles. */
  readonly length: number;
  /** The number of the next part. */
  readonly next: Int32Array;
}

/** 4 MiB: some tenths of a millisecond. */
const SIZE = 2 ** 19;

export default function scan({ memory, length, next }: Scan): number {
  let best = -Infinity;
  for (;;) {
    const start = Atomics.add(next, 0, 1) * SIZE;
    if (start >= length) return best;
    best = Math.max(best, largestOfPart({ memory, start, end: Math.min(start + SIZE, length) }));
  }
}
