// Words that stand side by side in the query and in a document.

import { readPlaces } from '../index/postings.ts';
import type { IndexSource } from '../index/source.ts';
import type { Pair } from '../query/groups.ts';
import { K1 } from './bm25.ts';
import type { Ranking } from './ranking.ts';

/** A pair of neighbours counts as much as so many of the commoner of its words. */
const WEIGHT = 1;

/**
 * What pairs of neighbours bring to documents, in the manner of Y. Rasolofo and J. Savoy, "Term proximity scoring for
 * keyword-based retrieval systems", ECIR 2003: the idf of the commoner word, times a count that soon brings nothing more.
 *
 * @param documents those that are looked at
 * @returns for each document and pair that stands there what it brings
 */
export function neighbours(
  source: IndexSource,
  pairs: readonly Pair[],
  documents: readonly number[],
  ranking: Ranking,
): Map<number, { readonly pair: Pair; readonly score: number }[]> {
  const found = new Map<number, { pair: Pair; score: number }[]>(documents.map((document) => [document, []]));
  const wanted = new Set(documents);
  for (const pair of pairs) {
    const [first, second] = [pair.first, pair.second].map(({ terms }) => readPlaces(source, terms, wanted));
    const weight = WEIGHT * Math.min(ranking.rarity(pair.first), ranking.rarity(pair.second));
    for (const document of documents) {
      const places = new Set(second!.get(document));
      const count = (first!.get(document) ?? []).filter((place) => places.has(place + pair.distance)).length;
      if (count > 0) found.get(document)!.push({ pair, score: (weight * count * (K1 + 1)) / (count + K1) });
    }
  }
  return found;
}
