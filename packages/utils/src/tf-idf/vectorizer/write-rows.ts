// The second half of a call: the lanes, which have counted all documents, write the rows.

import type { AsyncLane } from '../lanes/async-lane.ts';
import { CsrMatrix } from '../model/csr-matrix.ts';
import type { Values } from '../model/csr-matrix.ts';
import type { Dtype } from '../options/options.ts';
import { sharedFloat64, sharedInt32, sharedUint32 } from '../terms/shared-arrays.ts';
import type { Placements } from './learn-model.ts';

/** More entries than these, and an `indptr` of 32 bits could not hold where a row ends. */
const MOST_ENTRIES = 2 ** 32 - 1;

/**
 * Writes the rows of lanes that have counted, all lanes at once into one matrix.
 *
 * @throws RangeError where there are more than 2^32 - 1 entries
 */
export async function writeRows(
  lanes: readonly AsyncLane[],
  placements: Placements,
  shape: readonly [documents: number, columns: number],
): Promise<CsrMatrix> {
  const [documents] = shape;
  const indptr = sharedUint32(documents + 1);
  await Promise.all(lanes.map((lane, n) => lane.place(placements[n]!, indptr)));
  let entries = 0;
  for (let n = 1; n <= documents; n++) indptr[n] = entries += indptr[n]!;
  if (entries > MOST_ENTRIES) {
    throw new RangeError(`Expected at most ${MOST_ENTRIES} entries in one matrix, got ${entries}`);
  }
  const rows = { indptr, indices: sharedInt32(entries), data: sharedFloat64(entries) };
  await Promise.all(lanes.map((lane) => lane.write(rows)));
  return new CsrMatrix(shape, rows);
}

/** The array of a matrix's values by the option `dtype`. */
export type ValuesOf<T extends Dtype> = { float64: Float64Array; float32: Float32Array; uint32: Uint32Array }[T];

/** The matrix with its values, which are doubles, rounded to another kind of number. The rest is the same memory. */
export function inDtype<T extends Dtype>(matrix: CsrMatrix, dtype: T): CsrMatrix<ValuesOf<T>> {
  const { shape, indptr, indices, data } = matrix;
  if (dtype === 'float64') return matrix as CsrMatrix<Values> as CsrMatrix<ValuesOf<T>>;
  const memory = new SharedArrayBuffer(4 * data.length);
  const rounded: Values = dtype === 'float32' ? new Float32Array(memory) : new Uint32Array(memory);
  rounded.set(data);
  return new CsrMatrix(shape, { indptr, indices, data: rounded as ValuesOf<T> });
}
