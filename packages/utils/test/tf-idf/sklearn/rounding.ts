// How far apart two right answers in floating point may be: ours and scikit-learn's, whose logarithm depends on the CPU.

import { expect } from 'vitest';
import type { CsrMatrix, Dtype, Values } from '../../../src/tf-idf/index.ts';

/** What the bound depends on: the options that put operations between a count and its value. */
export interface Weighing {
  readonly useIdf: boolean;
  readonly sublinearTf: boolean;
  readonly norm: 'l1' | 'l2' | null;
  readonly dtype: Dtype;
}

/** Units in the last place by which a logarithm may be off: V8's is fdlibm's, below 1; numpy's own tests allow it these. */
const OUR_LOG = 1;
const NUMPY_LOG = { float64: 2, float32: 4 };

/**
 * The most units in the last place between two values of a row with `terms` entries. All errors are relative, in units of
 * u = 2^-53; an operation is off by 1 u at most, a logarithm by 2 u for each unit in the last place, and one unit in the
 * last place of a value is more than 1 u of it. Errors of both sides add up (d is the distance so far):
 *
 * - 1 + ln x, for an idf and for a sublinear tf: x is the same on both sides and at least 1, so that ln x is no larger than
 *   the sum: d = the logarithms' errors + 2
 * - tf * idf: the distances of both + 2
 * - a sum of n terms that are not negative, in whatever order: d + 2 (n - 1) (Higham, Accuracy and Stability of Numerical
 *   Algorithms, 2nd edition, section 4.2, (4.6))
 * - 'l2': the squares 2 d + 2, their sum + 2 (n - 1), its root half of that + 2; the quotient d more + 2: 2 d + n + 4
 * - 'l1': the sum d + 2 (n - 1), the quotient d more + 2: 2 d + 2 n
 *
 * One more covers the products of errors, below u for every n up to 2^20. With float32, u = 2^-24 and only scikit-learn's
 * errors count, since ours are rounded once at the end; it adds up in doubles.
 */
export function allowedUlps(terms: number, { useIdf, sublinearTf, norm, dtype }: Weighing): number {
  if (dtype === 'float32') {
    const log = 2 * NUMPY_LOG.float32 + 2; // of an argument that is rounded too, and the sum with 1
    const value = (useIdf ? log + 1 : 0) + (sublinearTf ? log : 0);
    return norm === null ? value + 1 : 2 * value + (norm === 'l2' ? 1 : 0) + 3;
  }
  const log = 2 * (OUR_LOG + NUMPY_LOG.float64) + 2;
  const value = (useIdf ? log + 2 : 0) + (sublinearTf ? log : 0);
  if (norm === null) return value === 0 ? 0 : value + 1;
  return 2 * value + (norm === 'l2' ? terms + 4 : 2 * terms) + 1;
}

/** The most units in the last place between two idfs. */
export const IDF_ULPS: number = 2 * (OUR_LOG + NUMPY_LOG.float64) + 2;

/** How many numbers of the same kind lie between two: units in the last place. Infinity where one has another sign. */
export function distance(a: number, b: number, dtype: Dtype): number {
  if (a === b) return 0;
  if (Math.sign(a) !== Math.sign(b)) return Infinity;
  if (dtype === 'float32') {
    const [first, second] = new Int32Array(Float32Array.of(a, b).buffer);
    return Math.abs(first! - second!);
  }
  const [first, second] = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(first! - second!));
}

/** A matrix as scikit-learn answers it. */
export interface PlainMatrix {
  readonly shape: readonly number[];
  readonly indptr: readonly number[];
  readonly indices: readonly number[];
  readonly data: readonly number[];
}

/** Expects the structure to be the same, and every value within the bound of its row. Returns the largest distance. */
export function expectMatrix(actual: CsrMatrix<Values>, expected: PlainMatrix, weighing: Weighing): number {
  expect([...actual.shape]).toEqual(expected.shape);
  expect([...actual.indptr]).toEqual(expected.indptr);
  expect([...actual.indices]).toEqual(expected.indices);
  let most = 0;
  for (let row = 0; row < actual.shape[0]; row++) {
    const [start, end] = [actual.indptr[row]!, actual.indptr[row + 1]!];
    const allowed = allowedUlps(end - start, weighing);
    for (let at = start; at < end; at++) {
      const off = distance(actual.data[at]!, expected.data[at]!, weighing.dtype);
      if (off > allowed) expect(`value ${at} of row ${row}: ${off} units`).toBe(`at most ${allowed}`);
      most = Math.max(most, off);
    }
  }
  return most;
}
