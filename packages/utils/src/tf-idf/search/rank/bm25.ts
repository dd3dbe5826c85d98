// BM25: how much a word brings to a document's score.

import { lengthsOf } from '../index/columns.ts';
import { IN_HEADING, IN_NAME } from '../index/layout.ts';
import type { IndexSource } from '../index/source.ts';
import type { Ranking } from './ranking.ts';

/** How late one more occurrence brings nothing more: Robertson and Zaragoza give 1.2 to 2. */
export const K1 = 1.2;
/** How much a long document has to say a word more often, from 0 to 1: they give 0.5 to 0.8. */
const B = 0.75;
/** No document is shorter than so much of the average: one word is not all that a document is about. */
const LEAST_LENGTH = 0.5;
/** What a word in the name or in a heading brings, in idf. In the text it is at most K1 + 1. */
const IN_NAME_BRINGS = 0.5;
const IN_HEADING_BRINGS = 1;

/**
 * S. Robertson and H. Zaragoza, "The probabilistic relevance framework: BM25 and beyond", Foundations and Trends in
 * Information Retrieval 3(4), 2009, equation 3.15, with the idf ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
 * A word in the name and one in a heading bring the same in every document, however long that is.
 */
export function bm25(source: IndexSource): Ranking {
  const lengths = lengthsOf(source);
  const { documents, words } = source.totals;
  const average = words / documents || 1;
  const least = LEAST_LENGTH * average;
  return {
    countsCoverage: true,
    rarity: ({ postings }) => bm25Idf(postings.documents.length, documents),
    contribution: ({ postings: { documents: found, counts, fields } }) => {
      const idf = bm25Idf(found.length, documents);
      return (at) => {
        const count = counts[at]!;
        const length = Math.max(least, lengths[found[at]!]!);
        const inText = (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / average));
        const inName = (fields[at]! & IN_NAME) !== 0 ? IN_NAME_BRINGS : 0;
        const inHeading = (fields[at]! & IN_HEADING) !== 0 ? IN_HEADING_BRINGS : 0;
        return idf * (inText + inName + inHeading);
      };
    },
  };
}

/**
 * How rare a word is, above 0.
 *
 * @param count documents that have it
 */
function bm25Idf(count: number, documents: number): number {
  return Math.log(1 + (documents - count + 0.5) / (count + 0.5));
}
