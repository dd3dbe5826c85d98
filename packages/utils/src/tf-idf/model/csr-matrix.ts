// A matrix of which most entries are zero.

/** More entries than these are not for a screen, nor for an array of all of them. */
const MOST_DENSE = 2 ** 27;

/** The values of a matrix: doubles unless the option `dtype` says otherwise. */
export type Values = Float64Array | Float32Array | Uint32Array;

/**
 * Compressed sparse rows, as SciPy's `csr_matrix`. The arrays are over shared memory: a worker gets them without a copy.
 *
 * - `shape`: rows (documents) and columns (terms)
 * - `indptr` (uint32, rows + 1 of them): row n is the entries from `indptr[n]` to `indptr[n + 1]`
 * - `indices` (int32): the column of each entry, ascending within a row, each once
 * - `data` (float64 unless `dtype` says otherwise; without unit): the value of each entry
 *
 * @template V the array of the values
 */
export class CsrMatrix<V extends Values = Float64Array> {
  readonly shape: readonly [rows: number, columns: number];
  readonly indptr: Uint32Array;
  readonly indices: Int32Array;
  readonly data: V;

  /** @param rows the arrays, which are taken as they are */
  constructor(
    shape: readonly [rows: number, columns: number],
    { indptr, indices, data }: { indptr: Uint32Array; indices: Int32Array; data: V },
  ) {
    this.shape = shape;
    this.indptr = indptr;
    this.indices = indices;
    this.data = data;
  }

  /** How many entries are kept: those that are not 0, and in a `HashingVectorizer`'s matrix some that are. */
  get nnz(): number {
    return this.data.length;
  }

  /**
   * The columns and values of one row, views of the same memory.
   *
   * @throws RangeError where there is no such row
   */
  row(n: number): { columns: Int32Array; values: V } {
    const [rows] = this.shape;
    if (!Number.isInteger(n) || n < 0 || n >= rows) {
      throw new RangeError(`Expected \`n\` to be a row from 0 to ${rows - 1}, got ${n}`);
    }
    const [start, end] = [this.indptr[n]!, this.indptr[n + 1]!];
    return { columns: this.indices.subarray(start, end), values: this.data.subarray(start, end) as V };
  }

  /**
   * All entries, zeros too, an array a row.
   *
   * @throws RangeError where there are more than 2^27, a GiB of them
   */
  toDense(): V[] {
    const [rows, columns] = this.shape;
    if (rows * columns > MOST_DENSE) {
      throw new RangeError(`Expected at most ${MOST_DENSE} entries to make dense, got ${rows} x ${columns}`);
    }
    return Array.from({ length: rows }, (_, n) => {
      const dense = new (this.data.constructor as new (length: number) => V)(columns);
      const row = this.row(n);
      for (let at = 0; at < row.columns.length; at++) dense[row.columns[at]!] = row.values[at]!;
      return dense;
    });
  }
}
