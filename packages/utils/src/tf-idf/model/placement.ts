// Where terms are in the matrix: their columns, and their idf.

import type { Terms } from '../terms/terms.ts';

/** The place of a term of the postings in the matrix. */
export interface Placement {
  /** Its column, NONE where it is left out. */
  readonly columns: Int32Array;
  /** Its place in the order in which the parts of a norm are added up. */
  readonly ranks: Int32Array;
  /** Its idf; undefined where there is none. */
  readonly idf: Float64Array | undefined;
}

/** The places of the terms of all lanes in the matrix, in shared memory. */
export interface MergedPlacement {
  /** For each term of the lane its number among those of all lanes. */
  readonly map: Int32Array;
  /** For each term of all lanes its column, NONE where it is left out, and its rank: see `Placement`. */
  readonly columns: Int32Array;
  readonly ranks: Int32Array;
  /** By column; undefined where there is none. */
  readonly idf: Float64Array | undefined;
}

/** A vocabulary that is there already: a lane finds the columns of its terms by itself. */
export interface KnownColumns {
  readonly terms: Terms;
  /** The column of each term; undefined where they are the same numbers. */
  readonly columns: Int32Array | undefined;
  readonly idf: Float64Array | undefined;
  /** Where its tokens are, by their hash; undefined where terms are found by their order. */
  readonly index: Int32Array | undefined;
}
