// The input of the vocabulary.

import type { Terms } from '../terms/terms.ts';

/** The counts of a lane, to be merged with those of the others. */
export interface LaneTerms {
  readonly terms: Terms;
  /** For each term the number that it got by its first appearance in this lane. */
  readonly numbers: Int32Array;
  /** For each term: how many documents have it, and how often it occurs in all of them. */
  readonly frequencies: Int32Array;
  readonly totals: Float64Array | undefined;
  /** Numbers given when each batch was done, in the order in which they were counted. */
  readonly batches: readonly { readonly number: number; readonly numbered: number }[];
}
