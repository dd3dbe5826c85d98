// The terms that were found in documents and have no column.

import type { Settings } from '../options/options.ts';
import { termCount, termText } from '../terms/terms.ts';
import type { Terms } from '../terms/terms.ts';
import { documentsOf } from './document-limit.ts';

/** All terms that were found, and how they were chosen from. */
export interface Candidates {
  readonly terms: Terms;
  /** 1 for each term that has a column, 0 for the others. */
  readonly kept: Uint8Array;
  /** For each term: how many documents have it, of `documents`. */
  readonly frequencies: Float64Array;
  readonly documents: number;
}

/** Terms without a column by the option that left them out, each list in the order of code points. */
export interface PrunedTerms {
  /** In fewer documents than `minDf`. */
  readonly minDf: readonly string[];
  /** In more documents than `maxDf`. */
  readonly maxDf: readonly string[];
  /** Between the limits, and not among the `maxFeatures` that occur most often. */
  readonly maxFeatures: readonly string[];
}

/** Sorts the terms without a column by what left them out. */
export function prunedTerms(
  { terms, kept, frequencies, documents }: Candidates,
  { minDf, maxDf }: Pick<Settings, 'minDf' | 'maxDf'>,
): PrunedTerms {
  const [least, most] = [documentsOf(minDf, documents), documentsOf(maxDf, documents)];
  const pruned = { minDf: [] as string[], maxDf: [] as string[], maxFeatures: [] as string[] };
  for (let term = 0; term < termCount(terms); term++) {
    if (kept[term] === 1) continue;
    const option = frequencies[term]! < least ? 'minDf' : frequencies[term]! > most ? 'maxDf' : 'maxFeatures';
    pruned[option].push(termText(terms, term));
  }
  return pruned;
}
