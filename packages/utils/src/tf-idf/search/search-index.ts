// Documents by their terms, and the ranking of documents for a query: the cosine of their TF-IDF vectors.

import { TfidfVectorizer } from '../index.ts';
import { toPostings, toRows } from './postings.ts';
import type { Postings } from './postings.ts';
import { wordsOf } from './words.ts';

export interface Hit {
  /** The document's number in the order in which it was indexed. */
  readonly document: number;
  /** The cosine of the angle between query and document, above 0 and at most 1. */
  readonly score: number;
  /** The share of the score that each word of the query brings, from 0 to 1, the largest first. Together they are 1. */
  readonly shares: readonly { readonly term: string; readonly share: number }[];
}

export interface Answer {
  readonly hits: readonly Hit[];
  /** Documents that have any of the words. */
  readonly found: number;
  /** Words of the query that no document has. */
  readonly unknown: readonly string[];
  /** Words of the query that some document has. */
  readonly known: readonly string[];
}

export interface SearchIndexParts {
  /** In the order of their columns, which is that of their code points. */
  readonly terms: readonly string[];
  readonly idf: Float64Array;
  readonly postings: Postings;
  readonly documents: number;
}

/** Documents that can be searched. Only the columns of a query's words are read for it. */
export class SearchIndex {
  readonly parts: SearchIndexParts;
  /** The scores of the query at hand, all 0 between two queries. */
  readonly #scores: Float64Array;

  constructor(parts: SearchIndexParts) {
    this.parts = parts;
    this.#scores = new Float64Array(parts.documents);
  }

  /**
   * Indexes documents.
   *
   * @throws RangeError where there is no word in any of them; the signal's reason when aborted
   */
  static async of(documents: Iterable<string> | AsyncIterable<string>, signal?: AbortSignal): Promise<SearchIndex> {
    await using vectorizer = new TfidfVectorizer();
    const matrix = await vectorizer.fitTransform(documents, signal === undefined ? {} : { signal });
    return new SearchIndex({
      terms: vectorizer.getFeatureNamesOut(),
      idf: vectorizer.idf,
      postings: toPostings(matrix),
      documents: matrix.shape[0],
    });
  }

  /**
   * The documents that are nearest to the query, the best first; of equal ones the first.
   *
   * @param limit how many at most, from 1 up
   */
  search(query: string, limit: number): Answer {
    const { known, unknown } = this.#weigh(query);
    const found = this.#score(known);
    const best = this.#best(found, limit);
    const hits = best.map((document) => this.#explain(document, known));
    for (const document of found) this.#scores[document] = 0;
    return { hits, found: found.length, unknown, known: known.map(({ term }) => term) };
  }

  /**
   * The terms of documents: turns the matrix once, for as many documents as are asked for.
   *
   * @returns the terms of a document with the largest weights, the largest first, at most `limit`
   */
  byDocument(): (document: number, limit: number) => { term: string; score: number }[] {
    const { postings, documents, terms } = this.parts;
    const { indptr, indices, data } = toRows(postings, documents);
    return (document, limit) => {
      const places = Array.from({ length: indptr[document + 1]! - indptr[document]! }, (_, n) => indptr[document]! + n);
      // Equal weights stay in the order of their terms: the sort is stable.
      const sorted = places.toSorted((a, b) => data[b]! - data[a]!).slice(0, limit);
      return sorted.map((at) => ({ term: terms[indices[at]!]!, score: data[at]! }));
    };
  }

  /** The query's own vector: count times idf, its squares summing to 1. */
  #weigh(query: string): { known: { term: string; column: number; weight: number }[]; unknown: string[] } {
    const counts = new Map<string, number>();
    for (const { word } of wordsOf(query)) counts.set(word, (counts.get(word) ?? 0) + 1);
    const known: { term: string; column: number; weight: number }[] = [];
    const unknown: string[] = [];
    for (const [term, count] of counts) {
      const column = placeIn(this.parts.terms, term);
      if (column === undefined) unknown.push(term);
      else known.push({ term, column, weight: count * this.parts.idf[column]! });
    }
    const norm = Math.sqrt(known.reduce((sum, { weight }) => sum + weight ** 2, 0));
    return { known: known.map((one) => ({ ...one, weight: one.weight / norm })), unknown };
  }

  /** Adds up the scores, and returns the documents that have one. */
  #score(known: readonly { column: number; weight: number }[]): number[] {
    const { starts, rows, values } = this.parts.postings;
    const found: number[] = [];
    for (const { column, weight } of known) {
      for (let at = starts[column]!; at < starts[column + 1]!; at++) {
        const row = rows[at]!;
        if (this.#scores[row] === 0) found.push(row);
        this.#scores[row]! += weight * values[at]!;
      }
    }
    return found;
  }

  /** The best of them, by insertion into a short list: most of many are worse than its last. */
  #best(found: readonly number[], limit: number): number[] {
    const scores = this.#scores;
    const before = (a: number, b: number): boolean => scores[a]! > scores[b]! || (scores[a] === scores[b] && a < b);
    const best: number[] = [];
    for (const document of found) {
      if (best.length === limit && !before(document, best.at(-1)!)) continue;
      let at = best.length;
      while (at > 0 && before(document, best[at - 1]!)) at -= 1;
      best.splice(at, 0, document);
      if (best.length > limit) best.pop();
    }
    return best;
  }

  #explain(document: number, known: readonly { term: string; column: number; weight: number }[]): Hit {
    const { starts, rows, values } = this.parts.postings;
    const score = this.#scores[document]!;
    const shares = known.flatMap(({ term, column, weight }) => {
      const at = placeOfRow(rows, document, starts[column]!, starts[column + 1]!);
      return at === undefined ? [] : [{ term, share: (weight * values[at]!) / score }];
    });
    return { document, score, shares: shares.toSorted((a, b) => b.share - a.share) };
  }
}

/** Where a row stands among ascending ones, by bisection. */
function placeOfRow(rows: Uint32Array, row: number, from: number, to: number): number | undefined {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low < to && rows[low] === row ? low : undefined;
}

/** Where a term stands among ascending ones, by bisection. */
function placeIn(terms: readonly string[], term: string): number | undefined {
  const wanted = Buffer.from(term);
  let [low, high] = [0, terms.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    // Bytes of UTF-8 are in the order of code points; `<` would be that of UTF-16 units.
    if (Buffer.compare(Buffer.from(terms[middle]!), wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return terms[low] === term ? low : undefined;
}
