// The steps of a call, over lanes that have counted all documents: learn what they found, then write the rows.

import type { RemoteLane } from '../lanes/distribute-batches.ts';
import type { KnownColumns, MergedPlacement, Sealed } from '../lanes/lane.ts';
import { CsrMatrix } from '../model/csr-matrix.ts';
import { learn, learnFrequencies } from '../model/learn-vocabulary.ts';
import { givenVocabulary } from '../model/vocabulary.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import type { Settings } from '../options/read-options.ts';
import { sharedFloat64, sharedInt32, sharedUint32 } from '../terms/byte-strings.ts';

/** What is known after fitting. */
export interface Model {
  readonly vocabulary: Vocabulary;
  /** By column; undefined without `useIdf`. */
  readonly idf: Float64Array | undefined;
}

/** For each lane what its terms are in the matrix, or what it can find that out by. */
export type Placements = readonly (MergedPlacement | KnownColumns)[];

/** More entries than these, and an `indptr` of 32 bits could not tell where a row ends. */
const MOST_ENTRIES = 2 ** 32 - 1;

/**
 * Learns the vocabulary and the idf.
 *
 * @param rows whether `writeRows` is to follow
 * @throws RangeError where no term is found, or none is left, or the limits cross
 */
export async function learnModel(
  lanes: readonly RemoteLane[],
  documents: number,
  settings: Settings,
  rows: boolean,
): Promise<{ model: Model; placements: Placements }> {
  const totals = settings.maxFeatures !== undefined;
  const sealed: Sealed[] = await Promise.all(lanes.map((lane) => lane.seal({ rows, totals })));
  if (settings.vocabulary === undefined) {
    const { placements, vocabulary, idf } = learn(sealed, documents, settings);
    return { model: { vocabulary, idf }, placements };
  }
  const vocabulary = givenVocabulary(settings.vocabulary, settings.path === 'fast');
  const idf = settings.useIdf ? learnFrequencies(sealed, vocabulary, documents, settings) : undefined;
  const model = { vocabulary, idf };
  return { model, placements: placementsBy(model, lanes) };
}

/** Every lane looks its terms up in the model. */
export function placementsBy({ vocabulary, idf }: Model, lanes: readonly RemoteLane[], index?: Int32Array): Placements {
  const { terms, columns } = vocabulary;
  return lanes.map(() => ({ terms, columns, idf, index }));
}

/**
 * Writes the rows of sealed lanes, all lanes at once into one matrix.
 *
 * @throws RangeError where there are more than 2^32 - 1 entries
 */
export async function writeRows(
  lanes: readonly RemoteLane[],
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
