// Helpers of the vectorizer's tests.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { localLane } from '../../src/tf-idf/lanes/async-lane.ts';
import type { AsyncLane } from '../../src/tf-idf/lanes/async-lane.ts';
import { BatchWriter } from '../../src/tf-idf/lanes/batch.ts';
import { distributeBatches } from '../../src/tf-idf/lanes/distribute-batches.ts';
import type { CsrMatrix, Values } from '../../src/tf-idf/model/csr-matrix.ts';
import type { TfidfOptions } from '../../src/tf-idf/options/options.ts';
import { readOptions } from '../../src/tf-idf/options/read-options.ts';
import { learnModel } from '../../src/tf-idf/vectorizer/learn-model.ts';
import { writeRows } from '../../src/tf-idf/vectorizer/write-rows.ts';

export function readData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8'));
}

/** Options for terms of words, to which a pattern can be added. */
export type TfidfWordOptions = Extract<TfidfOptions, { readonly analyzer?: 'word' }>;

/** How many doubles lie between two positive ones: units in the last place. */
function ulps(a: number, b: number): number {
  const [first, second] = new BigInt64Array(Float64Array.of(a, b).buffer);
  const distance = first! - second!;
  return Number(distance < 0n ? -distance : distance);
}

export function mostUlps(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let most = actual.length === expected.length ? 0 : Infinity;
  for (let n = 0; n < expected.length; n++) most = Math.max(most, ulps(actual[n]!, expected[n]!));
  return most;
}

/** Everything that a matrix holds, to be compared bit for bit. */
export function contentOf({ shape, indptr, indices, data }: CsrMatrix<Values>) {
  return {
    shape: [...shape],
    indptr: [...indptr],
    indices: [...indices],
    bits: Buffer.from(data.slice().buffer).toString('hex'),
  };
}

/** The same in short, for matrices of millions of entries. */
export function digestOf({ shape, indptr, indices, data }: CsrMatrix<Values>): string {
  return createHash('sha256').update(shape.join()).update(indptr).update(indices).update(data).digest('hex');
}

export interface Shape {
  /** One for each lane: how many bytes and documents its batches hold. */
  readonly lanes: readonly { bytes: number; documents: number }[];
}

/** Fits over lanes on this thread whose batches are small, so that a few documents are many batches. */
export async function fitOverLanes(documents: readonly string[], options: TfidfOptions, { lanes: sizes }: Shape) {
  const { settings } = readOptions(options);
  const lanes: AsyncLane[] = sizes.map(({ bytes, documents: most }) =>
    localLane(settings, undefined, new BatchWriter(bytes, most)),
  );
  const count = await distributeBatches(documents, lanes);
  const { model, placements } = await learnModel(lanes, count, settings, true);
  const matrix = await writeRows(lanes, placements, [count, model.vocabulary.size]);
  const names = Array.from({ length: model.vocabulary.size }, (_, column) => model.vocabulary.textOf(column));
  return { ...contentOf(matrix), names, idf: model.idf && [...model.idf] };
}
