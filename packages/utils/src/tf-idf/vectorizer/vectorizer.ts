// The estimator.

import type { KnownTokens } from '../count/token-table.ts';
import { localLane } from '../lanes/async-lane.ts';
import type { AsyncLane } from '../lanes/async-lane.ts';
import { distributeBatches } from '../lanes/distribute-batches.ts';
import { WorkerPool } from '../lanes/worker-pool.ts';
import type { CsrMatrix } from '../model/csr-matrix.ts';
import { readModel, writeModel } from '../model/model-file.ts';
import type { Model } from '../model/model.ts';
import type { Settings, TfidfOptions } from '../options/options.ts';
import { readOptions, readThreads } from '../options/read-options.ts';
import { checkDocuments, sizeUp } from '../text/documents.ts';
import type { Documents } from '../text/documents.ts';
import { learnModel, placementsBy } from './learn-model.ts';
import { writeRows } from './write-rows.ts';

/** Options of a call besides its documents. */
export interface CallOptions {
  /** Cancels: the call rejects with the signal's reason, and what was fitted before stays. */
  readonly signal?: AbortSignal;
}

/** With less text a thread, UTF-16 units or bytes, threads cost what they gain: see README.md. */
const SIZE_PER_THREAD = 8_000_000;

/**
 * Learns the terms of documents and turns documents into rows of a sparse matrix, a column a term.
 *
 * The value of a term in a document is how often it occurs there (tf) times ln((1 + documents) / (1 + documents with the
 * term)) + 1 (idf), divided so that the squares of a row sum to 1: scikit-learn's definition, with its defaults.
 * Structure and order of columns are the same exactly, values within 4 units in the last place.
 */
export class TfidfVectorizer implements AsyncDisposable {
  readonly #settings: Settings;
  readonly #threads: { most: number; auto: boolean };
  readonly #pool = new WorkerPool();
  #model: Model | undefined;

  /** @throws TypeError or RangeError where an option is not what it should be */
  constructor(options: TfidfOptions = {}) {
    this.#settings = readOptions(options);
    this.#threads = readThreads(options);
  }

  /** Learns the vocabulary and the idf. Errors: see `fitTransform`. */
  async fit(documents: Documents, options: CallOptions = {}): Promise<this> {
    const { model } = await this.#run(documents, options, (lanes, count) =>
      learnModel(lanes, count, this.#settings, false),
    );
    this.#model = model;
    return this;
  }

  /**
   * Learns the vocabulary and the idf, and returns the documents as rows.
   *
   * @throws TypeError where the documents are no list of well-formed strings
   * @throws RangeError where there is no term, or none is left between the limits, or the limits cross
   * @throws the signal's reason when aborted
   */
  async fitTransform(documents: Documents, options: CallOptions = {}): Promise<CsrMatrix> {
    const { model, matrix } = await this.#run(documents, options, async (lanes, count) => {
      const learnt = await learnModel(lanes, count, this.#settings, true);
      const shape = [count, learnt.model.vocabulary.size] as const;
      options.signal?.throwIfAborted();
      return { model: learnt.model, matrix: await writeRows(lanes, learnt.placements, shape) };
    });
    this.#model = model;
    return matrix;
  }

  /**
   * The documents as rows, by the vocabulary and the idf that were learnt; other terms are passed over.
   *
   * @throws Error before `fit`
   * @throws TypeError where the documents are no list of well-formed strings
   * @throws the signal's reason when aborted
   */
  async transform(documents: Documents, options: CallOptions = {}): Promise<CsrMatrix> {
    const model = this.#fitted();
    const known = this.#settings.counter === 'default-pattern' ? model.vocabulary.known : undefined;
    return this.#run(
      documents,
      options,
      (lanes, count) => writeRows(lanes, placementsBy(model, lanes, known?.index), [count, model.vocabulary.size]),
      known,
    );
  }

  /** The term of every column. Throws an Error before `fit`. */
  getFeatureNamesOut(): string[] {
    const { vocabulary } = this.#fitted();
    return Array.from({ length: vocabulary.size }, (_, column) => vocabulary.textOf(column));
  }

  /** The term of one column, without the names of all others. Throws a RangeError where there is no such column. */
  featureName(column: number): string {
    return this.#fitted().vocabulary.textOf(column);
  }

  /** The column of a term, undefined where it has none. */
  columnOf(term: string): number | undefined {
    return this.#fitted().vocabulary.columnOf(term);
  }

  /** The terms of each row that are not zero in it. Throws a RangeError where the matrix has other columns. */
  inverseTransform(matrix: CsrMatrix): string[][] {
    const { vocabulary } = this.#fitted();
    const [rows, columns] = matrix.shape;
    if (columns !== vocabulary.size) {
      throw new RangeError(`Expected \`matrix\` to have ${vocabulary.size} columns, got ${columns}`);
    }
    return Array.from({ length: rows }, (_, n) => {
      const row = matrix.row(n);
      return Array.from(
        row.columns.filter((__, at) => row.values[at] !== 0),
        (column) => vocabulary.textOf(column),
      );
    });
  }

  /** The weight of every column, float64, without unit. Throws an Error before `fit`, and where `useIdf` is false. */
  get idf(): Float64Array {
    const { idf } = this.#fitted();
    if (idf === undefined) throw new Error('Expected `useIdf` to be true for an idf, got false');
    return idf;
  }

  /**
   * Writes what was learnt, and the options, to a file; whole or not at all.
   *
   * @throws Error before `fit`, or of the file system
   */
  async save(file: string): Promise<void> {
    await writeModel(file, this.#settings, this.#fitted());
  }

  /**
   * Reads a vectorizer that was saved.
   *
   * @param options how many threads, and the tokenizer again where there was one: a function cannot be saved
   * @throws Error in one line where the file is cut short, damaged, of another version or something else
   */
  static async load(file: string, options: Pick<TfidfOptions, 'threads' | 'tokenizer'> = {}): Promise<TfidfVectorizer> {
    const { options: saved, model } = await readModel(file, options.tokenizer);
    const vectorizer = new TfidfVectorizer({ ...saved, ...options });
    vectorizer.#model = model;
    return vectorizer;
  }

  /** Ends the workers. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.close();
  }

  async #run<T>(
    documents: Documents,
    { signal }: CallOptions,
    work: (lanes: readonly AsyncLane[], count: number) => Promise<T>,
    known?: KnownTokens,
  ): Promise<T> {
    signal?.throwIfAborted();
    const { lanes, all } = await this.#open(documents, known);
    try {
      const count = await distributeBatches(all, lanes, signal);
      const result = await work(lanes, count);
      signal?.throwIfAborted();
      return result;
    } finally {
      for (const lane of lanes) lane.close();
    }
  }

  async #open(
    documents: Documents,
    known: KnownTokens | undefined,
  ): Promise<{ lanes: readonly AsyncLane[]; all: Documents }> {
    checkDocuments(documents);
    const { most, auto } = this.#threads;
    if (most === 1) return { lanes: [localLane(this.#settings, known)], all: documents };
    if (!auto) return { lanes: this.#pool.open(most, this.#settings, known), all: documents };
    const { size, documents: all } = await sizeUp(documents, most * SIZE_PER_THREAD);
    const threads = Math.min(most, Math.floor(size / SIZE_PER_THREAD));
    const few = threads < 2;
    return { lanes: few ? [localLane(this.#settings, known)] : this.#pool.open(threads, this.#settings, known), all };
  }

  #fitted(): Model {
    if (this.#model === undefined) throw new Error('Expected the vectorizer to be fitted before, it is not');
    return this.#model;
  }
}
