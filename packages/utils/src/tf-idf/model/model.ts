// The learnt state of a vectorizer.

import type { Vocabulary } from './vocabulary.ts';

/** Set by fitting. */
export interface Model {
  readonly vocabulary: Vocabulary;
  /** By column; undefined without `useIdf`. */
  readonly idf: Float64Array | undefined;
}
