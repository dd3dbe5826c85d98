// From counts by term to values by hashed column.

import type { CsrMatrix } from '../model/csr-matrix.ts';
import type { Rows } from '../model/weigh-rows.ts';
import type { HashingSettings } from '../options/read-options.ts';
import { sharedFloat64, sharedInt32, sharedUint32 } from '../terms/shared-arrays.ts';
import type { HashedTerms } from './hash-terms.ts';

/**
 * Adds up the signed counts of the terms that share a column, and divides by the norms.
 *
 * As in scikit-learn an entry stays where its counts cancel out, with the value 0, and `binary` makes 1 of it too. Sums of
 * counts and of their squares are integers: exact, in whatever order.
 *
 * @param counts a column for each place of the terms
 */
export function foldColumns(
  counts: CsrMatrix,
  { columns, signs }: HashedTerms,
  { binary, norm }: HashingSettings,
): Rows {
  const [rows] = counts.shape;
  const indptr = sharedUint32(rows + 1);
  const indices = sharedInt32(counts.nnz);
  const data = sharedFloat64(counts.nnz);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const start = end;
    for (let at = counts.indptr[row]!; at < counts.indptr[row + 1]!; at++) {
      const place = counts.indices[at]!;
      const column = columns[place]!;
      if (end === start || indices[end - 1] !== column) indices[end++] = column;
      data[end - 1]! += signs[place]! * counts.data[at]!;
    }
    if (binary) data.fill(1, start, end);
    if (norm !== null) divide(data, start, end, norm);
    indptr[row + 1] = end;
  }
  return { indptr, indices: indices.subarray(0, end), data: data.subarray(0, end) };
}

function divide(data: Float64Array, start: number, end: number, norm: 'l1' | 'l2'): void {
  let sum = 0;
  for (let at = start; at < end; at++) sum += norm === 'l1' ? Math.abs(data[at]!) : data[at]! * data[at]!;
  if (sum === 0) return;
  const divisor = norm === 'l1' ? sum : Math.sqrt(sum);
  for (let at = start; at < end; at++) data[at]! /= divisor;
}
