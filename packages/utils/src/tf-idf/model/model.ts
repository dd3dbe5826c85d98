// The learnt state of a vectorizer.

import type { Candidates } from './pruned-terms.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Set by fitting. */
export interface Model {
  readonly vocabulary: Vocabulary;
  /** By column; undefined without `useIdf`. */
  readonly idf: Float64Array | undefined;
  /** The terms that were found, where some of them have no column; undefined where all have one, or none was learnt. */
  readonly candidates?: Candidates | undefined;
}
