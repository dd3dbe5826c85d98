// The seam between text and numbers: whatever turns documents into counted terms. There are two here, one for every pattern
// and tokenizer, one for the default pattern; `kernels` has a third, for the default pattern in WebAssembly.

import type { Terms } from '../terms/terms.ts';
import type { TermCounts } from './term-counts.ts';

/** Turns the documents of a lane into counted terms, one after the other. */
export interface Counter {
  /** Terms are numbered from 0 by their first appearance. Some numbers may go to what is no term by itself. */
  readonly numbered: number;
  /**
   * Counts the terms of the next document, the well-formed UTF-8 from `start` to `end`. The byte at `end` is zero, and
   * `bytes` begin where their memory begins.
   */
  count(bytes: Uint8Array, start: number, end: number): void;
  /** As `count` of so many documents, each with a zero byte behind it, in one go. Only where that is faster. */
  countBatch?(bytes: Uint8Array, ends: Uint32Array, documents: number): void;
  /** Nothing is counted any more. */
  finish(): Counted;
  /** As `finish`, where all that is wanted of the terms is where they are in a vocabulary. */
  locate(vocabulary: Terms, index: Int32Array | undefined): Located;
}

/** The terms of a lane in their order, and its counts by number. */
export interface Counted {
  readonly terms: Terms;
  /** For each term its number. */
  readonly numbers: Int32Array;
  readonly counts: TermCounts;
}

/** The counts of a lane by number, and where the numbers are in a vocabulary. */
export interface Located {
  /** For each number its term in the vocabulary, NONE where it is not there. */
  readonly found: Int32Array;
  readonly counts: TermCounts;
}
