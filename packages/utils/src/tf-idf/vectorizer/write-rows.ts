// The second half of a call: the lanes, which have counted all documents, write the rows.

import type { AsyncLane } from '../lanes/async-lane.ts';
import { CsrMatrix } from '../model/csr-matrix.ts';
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
