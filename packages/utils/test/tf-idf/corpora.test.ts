// Two real corpora of 6 and 33 MB against what scikit-learn made of them.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readBrown, readSpam } from '../../bench/tf-idf/corpora.ts';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';
import { readData } from './support.ts';

interface Fingerprint {
  readonly docs: number;
  readonly V: number;
  readonly nnz: number;
  readonly corpus_sha256: string;
  readonly vocab_sha256: string;
  readonly indptr_sha256: string;
  readonly indices_sha256: string;
  readonly data_sum: number;
  readonly idf_sum: number;
  /** Some terms of the first document and their values. */
  readonly row0: Readonly<Record<string, number>>;
}

const sha256 = (bytes: string | NodeJS.ArrayBufferView): string => createHash('sha256').update(bytes).digest('hex');

/** Sums of so many values differ by their order alone. */
const CLOSE = 1e-10;

describe.each([
  ['brown', readBrown],
  ['spam', readSpam],
] as const)('%s', (name, read) => {
  const expected = (readData('corpora.json') as Record<string, Fingerprint>)[name]!;
  const documents = read();
  let first: { data: string; idf: string } | undefined;

  test('is the text that scikit-learn had', () => {
    expect(documents).toHaveLength(expected.docs);
    expect(sha256(documents.join(''))).toBe(expected.corpus_sha256);
  });

  test.each([1, 2, 3])(
    'has its vocabulary and structure, and the same bits on %i threads as on one',
    async (threads) => {
      await using vectorizer = new TfidfVectorizer({ threads });
      const matrix = await vectorizer.fitTransform(documents);
      const names = vectorizer.getFeatureNamesOut();
      expect([...matrix.shape, matrix.nnz]).toEqual([expected.docs, expected.V, expected.nnz]);
      expect(sha256(names.join('\n'))).toBe(expected.vocab_sha256);
      expect(sha256(matrix.indptr)).toBe(expected.indptr_sha256);
      expect(sha256(matrix.indices)).toBe(expected.indices_sha256);
      expect(Math.abs(sum(matrix.data) / expected.data_sum - 1)).toBeLessThan(CLOSE);
      expect(Math.abs(sum(vectorizer.idf) / expected.idf_sum - 1)).toBeLessThan(CLOSE);
      const { columns, values } = matrix.row(0);
      for (const [term, value] of Object.entries(expected.row0)) {
        expect(values[columns.indexOf(names.indexOf(term))]).toBe(value);
      }
      const bits = { data: sha256(matrix.data), idf: sha256(vectorizer.idf) };
      expect(bits).toEqual((first ??= bits));
    },
  );
});

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
