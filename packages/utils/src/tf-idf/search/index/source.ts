// Where the parts of an index are read from: memory here, a file in ../file. A query reads what it needs and no more.

import type { Image, Parts, Totals } from './layout.ts';

type PartName = keyof Parts;

export interface IndexSource {
  readonly totals: Totals;
  /** In bytes. */
  size(part: PartName): number;
  /** The bytes from `start` to `end`, not to be changed. */
  read(part: PartName, start: number, end: number): Uint8Array;
}

/** An index in memory. */
export function memorySource({ totals, parts }: Image): IndexSource {
  return {
    totals,
    size: (part) => parts[part].length,
    read: (part, start, end) => parts[part].subarray(start, end),
  };
}
