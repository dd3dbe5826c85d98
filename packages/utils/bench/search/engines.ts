// Search engines behind one call, each as its page shows it: defaults, the name of a document as a field of its own, and
// once without, once with its stemming.

import lunr from 'lunr';
import MiniSearch from 'minisearch';
import { stemmer } from 'stemmer';
import { SearchIndex } from '../../src/tf-idf/search/search-index.ts';
import type { SearchOptions } from '../../src/tf-idf/search/search-index.ts';
import type { NamedDocument } from './known-items.ts';

/** The names of the documents for a query, the best first. */
type Ranker = (query: string, limit: number) => string[];

export interface Engine {
  readonly name: string;
  readonly index: (documents: readonly NamedDocument[]) => Promise<Ranker>;
}

function ours(name: string, options: SearchOptions): Engine {
  return {
    name,
    async index(documents) {
      const index = await SearchIndex.of(documents);
      return (query, limit) =>
        index.search(query, { ...options, limit }).hits.map(({ document }) => documents[document]!.name);
    },
  };
}

/** Its splitter takes a path apart; the name counts twice, as in the example of its page. */
function miniSearch(name: string, processTerm?: (term: string) => string): Engine {
  return {
    name,
    async index(documents) {
      const index = new MiniSearch<NamedDocument>({
        fields: ['name', 'text'],
        idField: 'name',
        ...(processTerm && { processTerm }),
        searchOptions: { boost: { name: 2 } },
      });
      index.addAll(documents);
      return (query, limit) =>
        index
          .search(query)
          .slice(0, limit)
          .map(({ id }) => id as string);
    },
  };
}

/** Its splitter knows blanks and hyphens: the path is given to it in words. Signs of its own query language are left out. */
function lunrEngine(name: string, stems: boolean): Engine {
  return {
    name,
    async index(documents) {
      const index = lunr(function build() {
        this.ref('id');
        this.field('name');
        this.field('text');
        if (!stems) {
          this.pipeline.remove(lunr.stemmer);
          this.searchPipeline.remove(lunr.stemmer);
        }
        for (const [id, document] of documents.entries()) {
          this.add({ id, name: document.name.replaceAll(/[/._]/g, ' '), text: document.text });
        }
      });
      return (query, limit) => {
        const found = index.search(query.replaceAll(/[~^:*+]|(?<!\w)-/g, ' '));
        return found.slice(0, limit).map(({ ref }) => documents[Number(ref)]!.name);
      };
    },
  };
}

export const ENGINES: readonly Engine[] = [
  ours('tf-idf search, BM25', { rank: 'bm25' }),
  ours('tf-idf search, BM25, --exact', { rank: 'bm25', exact: true }),
  ours('tf-idf search, cosine', { rank: 'cosine' }),
  miniSearch('minisearch'),
  miniSearch('minisearch with Porter stems', (term) => stemmer(term.toLowerCase())),
  lunrEngine('lunr (stems)', true),
  lunrEngine('lunr without stems', false),
];
