// A sparse matrix by columns: which documents have a term, and with what weight.

import type { CsrMatrix } from '../index.ts';

/**
 * Compressed sparse columns: column n is the entries from `starts[n]` to `starts[n + 1]`, rows ascending.
 */
export interface Postings {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly values: Float64Array;
}

/** The parts of a matrix by rows that are read. */
type ByRows = Pick<CsrMatrix, 'shape' | 'data'> & {
  readonly indptr: Uint32Array;
  readonly indices: Int32Array | Uint32Array;
};

/** The same entries by columns: counted, then put in place row by row, so that rows ascend without a sort. */
export function toPostings({ shape: [count, columns], indptr, indices, data }: ByRows): Postings {
  const starts = new Uint32Array(columns + 1);
  for (const column of indices) starts[column + 1]! += 1;
  for (let column = 0; column < columns; column++) starts[column + 1]! += starts[column]!;
  const next = starts.slice(0, columns);
  const rows = new Uint32Array(indices.length);
  const values = new Float64Array(indices.length);
  for (let row = 0; row < count; row++) {
    for (let at = indptr[row]!; at < indptr[row + 1]!; at++) {
      const to = next[indices[at]!]!++;
      rows[to] = row;
      values[to] = data[at]!;
    }
  }
  return { starts, rows, values };
}

/** The entries by rows again, for a reader that goes document by document: the columns of the matrix turned over. */
export function toRows({ starts, rows, values }: Postings, count: number): ByRows {
  const columns = starts.length - 1;
  const turned = toPostings({ shape: [columns, count], indptr: starts, indices: rows, data: values });
  return { shape: [count, columns], indptr: turned.starts, indices: turned.rows, data: turned.values };
}
