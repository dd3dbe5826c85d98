// Counts of terms by hashed columns.

import { findWarnings } from '../analysis/find-warnings.ts';
import { foldColumns } from '../hashing/fold-columns.ts';
import { hashTerms } from '../hashing/hash-terms.ts';
import type { AsyncLane } from '../lanes/async-lane.ts';
import { CsrMatrix } from '../model/csr-matrix.ts';
import type { HashingOptions } from '../options/options.ts';
import { readHashing, readOptions } from '../options/read-options.ts';
import type { HashingSettings, ReadOptions } from '../options/read-options.ts';
import { mergeTerms } from '../terms/merge-terms.ts';
import type { Documents } from '../text/documents.ts';
import { LaneRunner } from './lane-runner.ts';
import type { CallOptions } from './lane-runner.ts';
import { inDtype, writeRows } from './write-rows.ts';
import type { ValuesOf } from './write-rows.ts';

/**
 * Turns documents into rows of a sparse matrix whose columns are hashes of terms: nothing is learnt, so that documents of
 * different calls have the same columns. A term's count goes to the column |h| modulo `nFeatures`, with the sign of h,
 * where h is its MurmurHash3 of 32 bits: scikit-learn's HashingVectorizer, number for number.
 *
 * @template D a document: text, or what a function among the options takes
 * @template T the kind of number of the values
 */
export class HashingVectorizer<D = string, T extends 'float64' | 'float32' = 'float64'> implements AsyncDisposable {
  readonly #read: ReadOptions;
  readonly #hashing: HashingSettings;
  readonly #runner: LaneRunner;

  /** @throws TypeError or RangeError where an option is not what it should be */
  constructor(options: HashingOptions<D, T> = {}) {
    this.#hashing = readHashing(options);
    const read = readOptions(options, 'HashingVectorizer');
    // The lanes count; what is made of the counts is made of the columns' sums.
    this.#read = { ...read, settings: { ...read.settings, binary: false, norm: null } };
    this.#runner = new LaneRunner(this.#read);
    for (const warning of findWarnings(options, read)) read.onWarning(warning);
  }

  /**
   * The documents as rows: as many as there are documents, `nFeatures` columns. An entry whose terms cancel out is kept
   * with the value 0.
   *
   * @throws TypeError where the documents are no list of well-formed text, or a function gives something else
   * @throws RangeError where there is no document
   * @throws what a function among the options throws, and the signal's reason when aborted
   */
  async transform(documents: Documents<D>, options: CallOptions = {}): Promise<CsrMatrix<ValuesOf<T>>> {
    const matrix = await this.#runner.run(documents, options, (lanes, count) => this.#hash(lanes, count));
    return inDtype(matrix, this.#read.dtype as T);
  }

  async #hash(lanes: readonly AsyncLane[], documents: number): Promise<CsrMatrix> {
    if (documents === 0) throw new RangeError('Expected documents to hash, got none');
    const counted = await Promise.all(lanes.map((lane) => lane.finishCounting({ rows: true, totals: false })));
    const { terms, maps } = mergeTerms(counted.map((lane) => lane.terms));
    const hashed = hashTerms(terms, this.#hashing);
    const { places } = hashed;
    const placements = maps.map((map) => ({ map, columns: places, ranks: places, idf: undefined }));
    const counts = await writeRows(lanes, placements, [documents, places.length]);
    return new CsrMatrix([documents, this.#hashing.nFeatures], foldColumns(counts, hashed, this.#hashing));
  }

  /** Ends the workers. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#runner.close();
  }
}
