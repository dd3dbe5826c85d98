// What a vectorizer has learnt.

import type { Vocabulary } from './vocabulary.ts';

/** What is known after fitting. */
export interface Model {
  readonly vocabulary: Vocabulary;
  /** By column; undefined without `useIdf`. */
  readonly idf: Float64Array | undefined;
}
