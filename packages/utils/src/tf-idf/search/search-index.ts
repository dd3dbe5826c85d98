// Documents that can be searched.

import { memorySource } from './index/source.ts';
import type { IndexSource } from './index/source.ts';
import type { IndexedDocument } from './index/token-stream.ts';
import { planQuery } from './query/groups.ts';
import type { QueryPlan } from './query/groups.ts';
import type { Hit } from './rank/explain.ts';
import { rankDocuments } from './rank/rank.ts';
import type { RankName } from './rank/rank.ts';

export interface SearchOptions {
  /** Hits at most, from 1 up. 10 by default. */
  readonly limit?: number;
  /** 'bm25' by default: see README.md for how both did. */
  readonly rank?: RankName;
  /** Only words as they are typed, but for case: no endings, no accents, no slips. False by default. */
  readonly exact?: boolean;
}

export interface Answer {
  readonly hits: readonly Hit[];
  /** Documents that have any of the words, and all quoted phrases. */
  readonly found: number;
  /** Words and quoted phrases that no document has. */
  readonly unknown: readonly string[];
  readonly corrected: QueryPlan['corrected'];
  /** The words of documents that were searched for, in lower case, by what they were searched for as. */
  readonly words: ReadonlyMap<string, string>;
}

/** Documents that can be searched, in memory or in a file. */
export class SearchIndex {
  readonly source: IndexSource;

  constructor(source: IndexSource) {
    this.source = source;
  }

  /** Indexes documents. Throws the signal's reason when aborted. */
  static async of(
    documents: Iterable<string | IndexedDocument> | AsyncIterable<string | IndexedDocument>,
    signal?: AbortSignal,
  ): Promise<SearchIndex> {
    const { imageOf } = await import('./image-of.ts'); // a query of a file has no use for it
    return new SearchIndex(memorySource(await imageOf(documents, signal)));
  }

  /** The documents that fit the query best, the best first; of equal ones the first. */
  search(query: string, { limit = 10, rank = 'bm25', exact = false }: SearchOptions = {}): Answer {
    const plan = planQuery(this.source, query, exact);
    const { groups, unknown, corrected } = plan;
    const missesPhrase = unknown.some((label) => label.startsWith('"'));
    const { hits, found } = missesPhrase ? { hits: [], found: 0 } : rankDocuments(this.source, plan, { rank, limit });
    const words = new Map(groups.flatMap(({ terms, label }) => terms.map(({ surface }) => [surface, label])));
    return { hits, found, unknown, corrected, words };
  }
}
