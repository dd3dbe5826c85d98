// Counts of terms.

import { readModel } from '../model/model-file.ts';
import type { CountOptions, Dtype, LoadOptions } from '../options/options.ts';
import { TermVectorizer } from './term-vectorizer.ts';

/**
 * Learns the terms of documents and turns documents into rows of a sparse matrix, a column a term: how often it occurs
 * there, or 1 with `binary`. scikit-learn's CountVectorizer, number for number.
 *
 * @template D a document: text, or what a function among the options takes
 * @template T the kind of number of the counts
 */
export class CountVectorizer<D = string, T extends Dtype = 'uint32'> extends TermVectorizer<D, T> {
  /** @throws TypeError or RangeError where an option is not what it should be */
  constructor(options: CountOptions<D, T> = {}) {
    super(options, 'CountVectorizer');
  }

  /**
   * Reads a vectorizer that was saved.
   *
   * @param options what a file does not hold: how many threads, the kind of number, and the functions that it had
   * @throws Error in one line where the file is cut short, damaged, of another version or something else, or where one of
   *   the functions is not given
   */
  static async load<D = string, T extends Dtype = 'uint32'>(
    file: string,
    options: LoadOptions<D, T> = {},
  ): Promise<CountVectorizer<D, T>> {
    const { options: saved, model } = await readModel(file, 'CountVectorizer', options);
    return new CountVectorizer({ ...saved, ...options } as CountOptions<D, T>).restore(model);
  }
}
