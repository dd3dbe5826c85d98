// One lane of the work, on this thread or another: it counts the documents that it is given, and later weighs them.

import type { Counter } from '../count/counter.ts';
import { openCounter } from '../count/open-counter.ts';
import { documentFrequencies, totalsOf } from '../count/postings.ts';
import type { TermCounts } from '../count/term-counts.ts';
import type { KnownTokens } from '../count/token-table.ts';
import { RowKernel } from '../kernels/row-kernel.ts';
import { TokenKernel } from '../kernels/token-kernel.ts';
import { haveKernels } from '../kernels/web-assembly.ts';
import type { LaneTerms } from '../model/lane-terms.ts';
import type { KnownColumns, MergedPlacement, Placement } from '../model/placement.ts';
import { PostingRows } from '../model/row-writer.ts';
import type { RowWriter, Span } from '../model/row-writer.ts';
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

/** With less text, laying out a kernel's memory takes longer than it saves. */
const ENOUGH_FOR_KERNELS = 2 ** 18;

/** Counts, then learns where its terms are in the matrix, then writes the rows of its documents. */
export class Lane {
  readonly #settings: Settings;
  #counter: Counter | undefined;
  #terms: Terms | undefined;
  #numbers: Int32Array | undefined;
  readonly #known: KnownTokens | undefined;
  /** Whether kernels do the work, which the first batch decides. */
  #kernels = false;
  #writer: RowWriter | undefined;
  #placement: Placement | undefined;
  readonly #batches: { number: number; numbered: number; first: number; documents: number }[] = [];

  constructor(settings: Settings, known?: KnownTokens) {
    this.#settings = settings;
    this.#known = known;
  }

  /** Counts the documents of a batch; throws what a counter throws. */
  count({ number, first, documents, bytes, ends }: Batch): void {
    const counter = (this.#counter ??= this.#open(ends[documents - 1]!));
    if (counter.countBatch === undefined) {
      let start = 0;
      for (let document = 0; document < documents; document++) {
        counter.count(bytes, start, ends[document]!);
        start = ends[document]! + 1;
      }
    } else counter.countBatch(bytes, ends, documents);
    this.#batches.push({ number, numbered: counter.numbered, first, documents });
  }

  /** @param bytes of text in the first batch */
  #open(bytes: number): Counter {
    const { simd = bytes >= ENOUGH_FOR_KERNELS, counter, ngramRange } = this.#settings;
    this.#kernels = simd && haveKernels();
    return this.#kernels && counter === 'default-pattern' && ngramRange[1] === 1
      ? new TokenKernel(this.#settings, this.#known?.tokens)
      : openCounter(this.#settings, this.#known);
  }

  /** Ends the counting. */
  finishCounting({ rows, totals }: Wanted): LaneTerms {
    const counter = this.#counter ?? this.#open(0);
    const { numbered } = counter;
    const { terms, numbers, counts } = counter.finish();
    this.#counter = undefined; // its tables are not needed any more
    this.#terms = terms;
    this.#numbers = numbers;
    if (rows) this.#writer = this.#openWriter(counts, numbered);
    return {
      terms,
      numbers,
      frequencies: inOrder(documentFrequencies(counts, numbered), numbers, sharedInt32(numbers.length)),
      totals: totals ? inOrder(totalsOf(counts, numbered), numbers, sharedFloat64(numbers.length)) : undefined,
      batches: this.#batches.map((batch) => ({ number: batch.number, numbered: batch.numbered })),
    };
  }

  /** Prepares rows. Optional, and can be called early: while the vocabulary is learnt from the terms of this lane. */
  prepareRows(): void {
    this.#writer?.prepare();
  }

  #openWriter(counts: TermCounts, numbered: number): RowWriter {
    return this.#kernels
      ? new RowKernel(counts, numbered, this.#settings)
      : new PostingRows(counts, numbered, this.#settings);
  }

  /**
   * Learns what the terms are in the matrix (a lane that still counts ends it, and needs the columns known), and
   * writes how many entries each row has behind its place in `indptr`.
   */
  place(placement: MergedPlacement | KnownColumns, indptr: Uint32Array): void {
    if (this.#numbers === undefined) this.#locate(placement as KnownColumns);
    else this.#placement = 'terms' in placement ? placementBy(placement, this.#terms!) : ownPlacement(placement);
    const lengths = this.#writer!.lengths(this.#numbers!, this.#placement!.columns);
    this.#eachDocument((document, place) => (indptr[place + 1] = lengths[document]!));
  }

  /** Ends the counting without sorting a term: the vocabulary is known, and terms stay in the order of their numbers. */
  #locate({ terms, columns, idf, index }: KnownColumns): void {
    const counter = this.#counter ?? this.#open(0);
    const { numbered } = counter;
    const { found, counts } = counter.locate(terms, index);
    this.#counter = undefined;
    this.#numbers = identity(found.length);
    this.#writer = this.#openWriter(counts, numbered);
    this.#placement = placementOf(found, columns, idf);
  }

  /** Writes the rows. `indptr` is complete now. */
  write(rows: Rows): void {
    const spans: Span[] = [];
    let behind = 0;
    for (const { documents } of this.#batches) spans.push({ from: behind, to: (behind += documents) });
    const next = new Uint32Array(behind);
    this.#eachDocument((document, place) => (next[document] = rows.indptr[place]!));
    this.#writer!.write(this.#numbers!, this.#placement!, spans, next, rows);
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
