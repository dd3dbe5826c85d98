// A vectorizer whose columns are terms of a vocabulary: what counts and tf-idf have in common.

import { findWarnings } from '../analysis/find-warnings.ts';
import type { CsrMatrix, Values } from '../model/csr-matrix.ts';
import { writeModel } from '../model/model-file.ts';
import type { Model } from '../model/model.ts';
import { prunedTerms } from '../model/pruned-terms.ts';
import type { PrunedTerms } from '../model/pruned-terms.ts';
import type { Dtype } from '../options/options.ts';
import { readOptions } from '../options/read-options.ts';
import type { GivenOptions, ReadOptions } from '../options/read-options.ts';
import { sharedFloat64 } from '../terms/shared-arrays.ts';
import type { Documents } from '../text/documents.ts';
import { LaneRunner } from './lane-runner.ts';
import type { CallOptions } from './lane-runner.ts';
import { givenModel, learnModel, placementsBy } from './learn-model.ts';
import { inDtype, writeRows } from './write-rows.ts';
import type { ValuesOf } from './write-rows.ts';

/**
 * Learns the terms of documents and turns documents into rows of a sparse matrix, a column a term.
 *
 * @template D a document
 * @template T the kind of number of the values
 */
export abstract class TermVectorizer<D, T extends Dtype> implements AsyncDisposable {
  readonly #read: ReadOptions;
  readonly #kind: 'TfidfVectorizer' | 'CountVectorizer';
  readonly #runner: LaneRunner;
  #model: Model | undefined;

  /** @throws TypeError or RangeError where an option is not what it should be */
  constructor(options: GivenOptions, kind: 'TfidfVectorizer' | 'CountVectorizer') {
    this.#kind = kind;
    this.#read = readOptions(options, kind);
    this.#runner = new LaneRunner(this.#read);
    this.#model = givenModel(this.#read.settings);
    for (const warning of findWarnings(options, this.#read)) this.#read.onWarning(warning);
  }

  /** Learns the vocabulary, and the idf where there is one. Errors: see `fitTransform`. */
  async fit(documents: Documents<D>, options: CallOptions = {}): Promise<this> {
    const { model } = await this.#runner.run(documents, options, (lanes, count) =>
      learnModel(lanes, count, this.#read.settings, false),
    );
    this.#model = model;
    return this;
  }

  /**
   * Learns as `fit` does, and returns the documents as rows: as many as there are documents, a column a term.
   *
   * @throws TypeError where the documents are no list of well-formed text, or a function gives something else
   * @throws RangeError where there is no term, or none is left between the limits, or the limits cross
   * @throws what a function among the options throws, and the signal's reason when aborted
   */
  async fitTransform(documents: Documents<D>, options: CallOptions = {}): Promise<CsrMatrix<ValuesOf<T>>> {
    const { model, matrix } = await this.#runner.run(documents, options, async (lanes, count) => {
      const learnt = await learnModel(lanes, count, this.#read.settings, true);
      const shape = [count, learnt.model.vocabulary.size] as const;
      options.signal?.throwIfAborted();
      return { model: learnt.model, matrix: await writeRows(lanes, learnt.placements, shape) };
    });
    this.#model = model;
    return inDtype(matrix, this.#read.dtype as T);
  }

  /**
   * The documents as rows, by what was learnt; other terms are passed over. With a given vocabulary, and without an idf,
   * there is nothing to be learnt before.
   *
   * @throws Error before `fit`
   * @throws TypeError where the documents are no list of well-formed text, or a function gives something else
   * @throws what a function among the options throws, and the signal's reason when aborted
   */
  async transform(documents: Documents<D>, options: CallOptions = {}): Promise<CsrMatrix<ValuesOf<T>>> {
    const { counter, useIdf } = this.#read.settings;
    const model = this.#fitted();
    if (useIdf && model.idf === undefined) throw notFitted();
    const known = counter === 'default-pattern' ? model.vocabulary.known : undefined;
    const matrix = await this.#runner.run(
      documents,
      options,
      (lanes, count) => writeRows(lanes, placementsBy(model, lanes, known?.index), [count, model.vocabulary.size]),
      known,
    );
    return inDtype(matrix, this.#read.dtype as T);
  }

  /** The term of every column. Throws an Error before `fit` where no vocabulary was given. */
  getFeatureNamesOut(): string[] {
    const { vocabulary } = this.#fitted();
    return Array.from({ length: vocabulary.size }, (_, column) => vocabulary.textOf(column));
  }

  /** The term of one column, without the names of all others. Throws a RangeError where there is no such column. */
  featureName(column: number): string {
    return this.#fitted().vocabulary.textOf(column);
  }

  /** The column of a term, undefined where it has none. Throws an Error before `fit` where no vocabulary was given. */
  columnOf(term: string): number | undefined {
    return this.#fitted().vocabulary.columnOf(term);
  }

  /** The terms of each row that are not zero in it. Throws a RangeError where the matrix has other columns. */
  inverseTransform(matrix: CsrMatrix<Values>): string[][] {
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

  /**
   * The terms that the last `fit` found and left out, by the option that did it; together they are scikit-learn's
   * `stop_words_`. A saved model does not have them, so that they are empty after `load`.
   *
   * @throws Error before `fit`, and where a vocabulary was given: then nothing is chosen
   */
  get prunedTerms(): PrunedTerms {
    if (this.#read.settings.vocabulary !== undefined) {
      throw new Error('Expected the vocabulary to be learnt for pruned terms, it was given');
    }
    const { candidates } = this.#fitted();
    if (candidates === undefined) return { minDf: [], maxDf: [], maxFeatures: [] };
    return prunedTerms(candidates, this.#read.settings);
  }

  /**
   * Writes what was learnt, and the options, into a file. A given vocabulary needs no `fit` before.
   *
   * @throws Error before `fit`, or an error of the file system
   */
  async save(file: string): Promise<void> {
    await writeModel(file, { ...this.#read, kind: this.#kind }, this.#fitted());
  }

  /** Ends the workers. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#runner.close();
  }

  /** Takes over what a vectorizer with the same options has learnt. */
  protected restore(model: Model): this {
    this.#model = model;
    return this;
  }

  /** The idf of every column. */
  protected readIdf(): Float64Array {
    if (!this.#read.settings.useIdf) throw new Error('Expected `useIdf` to be true for an idf, got false');
    const { idf } = this.#fitted();
    if (idf === undefined) throw notFitted();
    return idf;
  }

  /** Sets the idf of every column: a copy of `idf`. */
  protected writeIdf(idf: Float64Array): void {
    if (!this.#read.settings.useIdf) throw new Error('Expected `useIdf` to be true for an idf, got false');
    const { size } = this.#fitted().vocabulary;
    if (idf.length !== size) {
      throw new RangeError(`Expected \`idf\` to have ${size} numbers, one for each column, got ${idf.length}`);
    }
    const wrong = idf.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) throw new RangeError(`Expected \`idf\` to hold finite numbers, got ${wrong}`);
    const shared = sharedFloat64(size);
    shared.set(idf);
    this.#model = { ...this.#fitted(), idf: shared };
  }

  #fitted(): Model {
    if (this.#model === undefined) throw notFitted();
    return this.#model;
  }
}

function notFitted(): Error {
  return new Error('Expected the vectorizer to be fitted before, it is not');
}
