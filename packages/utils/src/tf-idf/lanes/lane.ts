// One lane of the work, on this thread or another: it counts the documents that it is given, and later weighs them.

import type { Counter } from '../count/counter.ts';
import { openCounter } from '../count/open-counter.ts';
import { documentFrequencies, startsOf, totalsOf, postingsOf } from '../count/postings.ts';
import type { Postings } from '../count/postings.ts';
import type { TermCounts } from '../count/term-counts.ts';
import type { KnownTokens } from '../count/token-table.ts';
import type { LaneTerms } from '../model/lane-terms.ts';
import type { KnownColumns, MergedPlacement, Placement } from '../model/placement.ts';
import { fillRows, lengthsOf, normsOf } from '../model/weigh-rows.ts';
import type { Rows } from '../model/weigh-rows.ts';
import type { Settings } from '../options/options.ts';
import { locateTerms } from '../terms/locate-terms.ts';
import { sharedFloat64, sharedInt32 } from '../terms/shared-arrays.ts';
import { identity, NONE, valuesOfTerms } from '../terms/terms.ts';
import type { Terms } from '../terms/terms.ts';
import type { Batch } from './batch.ts';

/** Results of a lane that are needed besides its terms: rows, and how often each term occurs in all documents together. */
export interface Wanted {
  readonly rows: boolean;
  readonly totals: boolean;
}

/** Counts, then learns where its terms are in the matrix, then writes the rows of its documents. */
export class Lane {
  readonly #settings: Settings;
  #counter: Counter | undefined;
  #terms: Terms | undefined;
  #numbers: Int32Array | undefined;
  /** The counts from which the postings are made. */
  #counted: { readonly counts: TermCounts; readonly starts: Uint32Array } | undefined;
  #postings: Postings | undefined;
  #placement: Placement | undefined;
  readonly #batches: { number: number; numbered: number; first: number; documents: number }[] = [];

  constructor(settings: Settings, known?: KnownTokens) {
    this.#settings = settings;
    this.#counter = openCounter(settings, known);
  }

  /** Counts the documents of a batch; throws what a counter throws. */
  count({ number, first, documents, bytes, ends }: Batch): void {
    const counter = this.#counter!;
    let start = 0;
    for (let document = 0; document < documents; document++) {
      counter.count(bytes, start, ends[document]!);
      start = ends[document]! + 1;
    }
    this.#batches.push({ number, numbered: counter.numbered, first, documents });
  }

  /** Ends the counting. */
  finishCounting({ rows, totals }: Wanted): LaneTerms {
    const counter = this.#counter!;
    const { terms, numbers, counts } = counter.finish();
    const starts = startsOf(counts, counter.numbered);
    this.#counter = undefined; // its tables are not needed any more
    this.#terms = terms;
    this.#numbers = numbers;
    if (rows) this.#counted = { counts, starts };
    return {
      terms,
      numbers,
      frequencies: inOrder(documentFrequencies({ starts }), numbers, sharedInt32(numbers.length)),
      totals: totals ? inOrder(totalsOf(counts, counter.numbered), numbers, sharedFloat64(numbers.length)) : undefined,
      batches: this.#batches.map(({ number, numbered }) => ({ number, numbered })),
    };
  }

  /** Prepares rows. Optional, and can be called early: while the vocabulary is learnt from the terms of this lane. */
  prepareRows(): void {
    if (this.#counted === undefined) return;
    this.#postings = postingsOf(this.#counted.counts, this.#counted.starts);
    this.#counted = undefined;
  }

  /**
   * Learns what the terms are in the matrix (a lane that still counts ends it, and needs the columns known), and
   * writes how many entries each row has behind its place in `indptr`.
   */
  place(placement: MergedPlacement | KnownColumns, indptr: Uint32Array): void {
    this.prepareRows();
    if (this.#counter !== undefined) this.#locate(placement as KnownColumns);
    else this.#placement = 'terms' in placement ? placementBy(placement, this.#terms!) : ownPlacement(placement);
    const lengths = lengthsOf(this.#postings!, this.#numbers!, this.#placement!.columns);
    this.#eachDocument((document, place) => (indptr[place + 1] = lengths[document]!));
  }

  /** Ends the counting without sorting a term: the vocabulary is known, and terms stay in the order of their numbers. */
  #locate({ terms, columns, idf, index }: KnownColumns): void {
    const counter = this.#counter!;
    const { found, counts } = counter.locate(terms, index);
    this.#counter = undefined;
    this.#numbers = identity(found.length);
    this.#postings = postingsOf(counts, startsOf(counts, counter.numbered));
    this.#placement = placementOf(found, columns, idf);
  }

  /** Writes the rows. `indptr` is complete now. */
  write(rows: Rows): void {
    const norms = normsOf(this.#postings!, this.#numbers!, this.#placement!, this.#settings);
    const next = new Uint32Array(norms.length);
    this.#eachDocument((document, place) => (next[document] = rows.indptr[place]!));
    fillRows(this.#postings!, this.#numbers!, this.#placement!, this.#settings, norms, next, rows);
  }

  /** The documents of this lane by their number here and by their place among all. */
  #eachDocument(visit: (document: number, place: number) => void): void {
    let document = 0;
    for (const { first, documents } of this.#batches) {
      for (let n = 0; n < documents; n++) visit(document++, first + n);
    }
  }
}

/** The values of every term, which are by its number, in the order of the terms. */
function inOrder<T extends Int32Array | Float64Array>(values: T, numbers: Int32Array, ordered: T): T {
  for (let term = 0; term < numbers.length; term++) ordered[term] = values[numbers[term]!]!;
  return ordered;
}

function ownPlacement({ map, columns, ranks, idf }: MergedPlacement): Placement {
  const own = pick(columns, map);
  return { columns: own, ranks: pick(ranks, map), idf: idf && valuesOfTerms(idf, own) };
}

function pick(values: Int32Array, map: Int32Array): Int32Array {
  const picked = new Int32Array(map.length);
  for (let n = 0; n < map.length; n++) picked[n] = values[map[n]!]!;
  return picked;
}

function placementBy({ terms: vocabulary, columns: known, idf: all }: KnownColumns, terms: Terms): Placement {
  return placementOf(locateTerms(terms, vocabulary), known, all);
}

function placementOf(found: Int32Array, known: Int32Array | undefined, idf: Float64Array | undefined): Placement {
  const columns = known === undefined ? found : found.map((term) => (term === NONE ? NONE : known[term]!));
  return { columns, ranks: columns, idf: idf && valuesOfTerms(idf, columns) };
}
