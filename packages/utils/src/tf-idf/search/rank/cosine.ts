// The cosine of the angle between the TF-IDF vectors of query and document.

import { normsOf } from '../index/columns.ts';
import { smoothIdf } from '../index/layout.ts';
import type { IndexSource } from '../index/source.ts';
import type { Group } from '../query/groups.ts';
import type { Ranking } from './ranking.ts';

/**
 * Count times idf, as scikit-learn's TfidfVectorizer has them, divided by the lengths of both vectors: from 0 to 1. Names and
 * headings count no more than the text.
 *
 * @param groups of the query: its own vector
 */
export function cosine(source: IndexSource, groups: readonly Group[]): Ranking {
  const norms = normsOf(source);
  const { documents } = source.totals;
  const rarity = ({ postings }: Group): number => smoothIdf(postings.documents.length, documents);
  const words = groups.filter(isWord);
  const norm = Math.sqrt(words.reduce((sum, group) => sum + (group.times * rarity(group)) ** 2, 0));
  return {
    countsCoverage: false,
    rarity,
    contribution: (group) => {
      if (!isWord(group)) return () => 0;
      const weight = (group.times * rarity(group) ** 2) / norm;
      const { counts, documents: found } = group.postings;
      return (at) => (counts[at] === 0 ? 0 : (weight * counts[at]!) / norms[found[at]!]!);
    },
  };
}

/** A phrase has no term of its own. */
function isWord({ terms }: Group): boolean {
  return terms.length > 0;
}
