// Values beside a scikit-learn whose logarithm is another one: numpy has kernels of its own for CPUs with AVX-512.

import { describe, expect, test } from 'vitest';
import { TfidfVectorizer } from '../../../src/tf-idf/index.ts';
import { expectAnswer, readCases, weighingOf } from './requests.ts';
import { allowedUlps, distance, expectMatrix } from './rounding.ts';

const TFIDF = { useIdf: true, sublinearTf: false, norm: 'l2', dtype: 'float64' } as const;

describe.each([
  ['rounding-avx512', 'made on a CPU with AVX-512'],
  ['rounding', 'made with SIMD off'],
])('%s, %s', (file) => {
  test.for(readCases(file))('$request.name: within the bound', async (golden) => {
    await expectAnswer(golden);
  });
});

test('the cases on AVX-512 are further off than any fixed number of a few units, and the bound is not far above them', async () => {
  const [golden] = readCases('rounding-avx512');
  const { most, matrix } = await expectAnswer(golden!);
  expect(most).toBeGreaterThan(20);
  expect(allowedUlps(matrix!.row(0).columns.length, weighingOf(golden!.request))).toBeLessThan(10 * most);
});

test('with the C library for a logarithm, the same sums in the same order are equal to the bit', async () => {
  const [golden] = readCases('rounding');
  expect((await expectAnswer(golden!)).most).toBe(0);
});

test('the bound is that of its derivation: it grows with the terms of a row, twice as fast for l1, and not without a norm', () => {
  const at = (terms: number, change: object) => allowedUlps(terms, { ...TFIDF, ...change });
  expect([at(1, {}), at(201, {})]).toEqual([26, 226]);
  expect([at(1, { norm: 'l1' }), at(201, { norm: 'l1' })]).toEqual([23, 423]);
  expect([at(1, { norm: null }), at(201, { norm: null })]).toEqual([11, 11]);
  expect(at(9, { norm: null, useIdf: false })).toBe(0);
  expect(at(201, { dtype: 'float32' })).toBe(26);
});

test('a value that is one unit beyond its bound is seen', async () => {
  const documents = ['one two', 'two three'];
  const matrix = await new TfidfVectorizer().fitTransform(documents);
  const beyond = (units: number): number[] => {
    const data = matrix.data.slice();
    new BigInt64Array(data.buffer)[0]! += BigInt(units);
    return [...data];
  };
  const { shape, indptr, indices } = matrix;
  const allowed = allowedUlps(2, TFIDF);
  const expected = { shape, indptr: [...indptr], indices: [...indices] };
  expect(expectMatrix(matrix, { ...expected, data: beyond(allowed) }, TFIDF)).toBe(allowed);
  expect(() => expectMatrix(matrix, { ...expected, data: beyond(allowed + 1) }, TFIDF)).toThrow(`${allowed + 1} units`);
  expect(distance(-0, 0, 'float64')).toBe(0);
  expect(distance(1, -1, 'float64')).toBe(Infinity);
});
