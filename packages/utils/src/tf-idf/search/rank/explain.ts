// Why a document was found.

import type { Group, Pair } from '../query/groups.ts';
import type { Ranking } from './ranking.ts';

export interface Hit {
  /** The document's number in the order in which it was indexed. */
  readonly document: number;
  /** Above 0, and by cosine at most 1. Scores of different queries cannot be compared. */
  readonly score: number;
  /** The share of the score that each word and phrase brings, from 0 to 1, the largest first. Together they are 1. */
  readonly shares: readonly { readonly term: string; readonly share: number }[];
}

/**
 * A hit with what each group brought.
 *
 * @param near what pairs of neighbours brought
 */
export function explain(
  document: number,
  score: number,
  groups: readonly Group[],
  ranking: Ranking,
  near: readonly { readonly pair: Pair; readonly score: number }[] = [],
): Hit {
  const words = groups.map((group) => {
    const at = placeOf(group.postings.documents, document);
    return { term: group.label, share: at === undefined ? 0 : ranking.contribution(group)(at) };
  });
  const pairs = near.map((one) => ({ term: `"${one.pair.first.label} ${one.pair.second.label}"`, share: one.score }));
  const brought = [...words, ...pairs].filter(({ share }) => share > 0);
  const total = brought.reduce((sum, { share }) => sum + share, 0);
  const shares = brought.map(({ term, share }) => ({ term, share: share / total }));
  return { document, score, shares: shares.toSorted((a, b) => b.share - a.share) };
}

/** Where a document stands among ascending ones, by bisection. */
function placeOf(documents: Uint32Array, document: number): number | undefined {
  let [low, high] = [0, documents.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (documents[middle]! < document) low = middle + 1;
    else high = middle;
  }
  return documents[low] === document ? low : undefined;
}
