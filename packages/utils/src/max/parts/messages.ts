// What a thread is given, and what it sends back.

import type { Notation } from '../cells/notation.ts';
import type { Layout } from '../rows/layout.ts';
import type { ScannedRange } from '../rows/scan-range.ts';

/** A plain file that is scanned part by part. */
export interface Job {
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly layout: Layout;
  readonly notation: Notation;
  /** Which of the inputs it is, from 0 up. */
  readonly input: number;
  /** Bytes of a part, from the layout's start on. */
  readonly partBytes: number;
  /** The number of the part that is to be taken next, in shared memory. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

/** A part that has been scanned from its first line end on, as if no quote were open there. Its lines count from 0. */
export interface ScannedPart {
  readonly index: number;
  /** Undefined where that failed: the part may have been no CSV from there on. */
  readonly range?: ScannedRange;
}

/** The first byte of a part, and the one behind it. */
export function boundsOf({ layout, size, partBytes }: Job, index: number): { from: number; to: number } {
  const from = layout.start + index * partBytes;
  return { from, to: Math.min(from + partBytes, size) };
}
