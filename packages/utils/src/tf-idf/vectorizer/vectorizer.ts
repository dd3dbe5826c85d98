// TF-IDF.

import { readModel } from '../model/model-file.ts';
import type { LoadOptions, TfidfOptions } from '../options/options.ts';
import { TermVectorizer } from './term-vectorizer.ts';

/**
 * Learns the terms of documents and turns documents into rows of a sparse matrix, a column a term.
 *
 * The value of a term in a document is how often it occurs there (tf) times ln((1 + documents) / (1 + documents with the
 * term)) + 1 (idf), divided so that the squares of a row sum to 1: scikit-learn's definition, with its defaults.
 * Structure and order of columns are the same exactly, values within a bound of rounding: see README.md.
 *
 * @template D a document: text, or what a function among the options takes
 * @template T the kind of number of the values
 */
export class TfidfVectorizer<D = string, T extends 'float64' | 'float32' = 'float64'> extends TermVectorizer<D, T> {
  /** @throws TypeError or RangeError where an option is not what it should be */
  constructor(options: TfidfOptions<D, T> = {}) {
    super(options, 'TfidfVectorizer');
  }

  /**
   * The weight of every column, float64, without unit.
   *
   * @throws Error before `fit`, and where `useIdf` is false
   */
  get idf(): Float64Array {
    return this.readIdf();
  }

  /**
   * Weights from elsewhere, a copy of them, in the order of the columns: after `fit`, or before it with a given vocabulary.
   *
   * @throws Error where there are no columns yet, and where `useIdf` is false
   * @throws RangeError where they are not as many as there are columns, or not finite
   */
  set idf(idf: ArrayLike<number>) {
    this.writeIdf(Float64Array.from(idf));
  }

  /**
   * Reads a vectorizer that was saved.
   *
   * @param options what a file does not hold: how many threads, the kind of number, and the functions that it had
   * @throws Error in one line where the file is cut short, damaged, of another version or something else, or where one of
   *   the functions is not given
   */
  static async load<D = string, T extends 'float64' | 'float32' = 'float64'>(
    file: string,
    options: LoadOptions<D, T> = {},
  ): Promise<TfidfVectorizer<D, T>> {
    const { options: saved, model } = await readModel(file, 'TfidfVectorizer', options);
    return new TfidfVectorizer({ ...saved, ...options } as TfidfOptions<D, T>).restore(model);
  }
}
