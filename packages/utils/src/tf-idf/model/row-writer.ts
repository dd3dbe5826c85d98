// The seam between counts and rows. There are two: one on the counts by term, and in `kernels` one that sorts each document.

import { postingsOf } from '../count/postings.ts';
import type { Postings } from '../count/postings.ts';
import type { TermCounts } from '../count/term-counts.ts';
import type { Placement } from './placement.ts';
import { fillRows, lengthsOf, normsOf } from './weigh-rows.ts';
import type { Rows, Weighing } from './weigh-rows.ts';

/** Documents in a row, by their numbers in the lane, whose rows lie one behind the other. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Makes rows of what a lane has counted. */
export interface RowWriter {
  /** Optional, and can be called early: while the vocabulary is learnt. */
  prepare(): void;
  /**
   * How many entries each document has among the columns.
   *
   * @param numbers for each term its number in the counts
   */
  lengths(numbers: Int32Array, columns: Int32Array): Uint32Array;
  /**
   * Writes the rows, columns ascending.
   *
   * @param spans all documents
   * @param next where the entries of each document go
   */
  write(numbers: Int32Array, placement: Placement, spans: readonly Span[], next: Uint32Array, rows: Rows): void;
}

/** On counts that are turned round, term by term. */
export class PostingRows implements RowWriter {
  #counts: TermCounts | undefined;
  readonly #numbered: number;
  readonly #weighing: Weighing;
  #postings: Postings | undefined;

  /** @param numbered how many numbers there are in the counts */
  constructor(counts: TermCounts, numbered: number, weighing: Weighing) {
    this.#counts = counts;
    this.#numbered = numbered;
    this.#weighing = weighing;
  }

  prepare(): void {
    this.#prepared();
  }

  lengths(numbers: Int32Array, columns: Int32Array): Uint32Array {
    return lengthsOf(this.#prepared(), numbers, columns);
  }

  write(numbers: Int32Array, placement: Placement, _: readonly Span[], next: Uint32Array, rows: Rows): void {
    const postings = this.#prepared();
    const norms = normsOf(postings, numbers, placement, this.#weighing);
    fillRows(postings, numbers, placement, this.#weighing, norms, next, rows);
  }

  #prepared(): Postings {
    this.#postings ??= postingsOf(this.#counts!, this.#numbered);
    this.#counts = undefined; // not needed any more
    return this.#postings;
  }
}
