// From counts to weights: tf * idf, and the norm of every row.

import { orderOf } from '../count/postings.ts';
import type { Postings } from '../count/postings.ts';
import type { Settings } from '../options/options.ts';
import { NONE } from '../terms/terms.ts';
import { logarithm } from './logarithm.ts';
import type { Placement } from './placement.ts';

/** Compressed sparse rows, whole or being written. */
export interface Rows {
  readonly indptr: Uint32Array;
  readonly indices: Int32Array;
  readonly data: Float64Array;
}

/** What of the settings matters to the values. */
export type Weighing = Pick<Settings, 'binary' | 'sublinearTf' | 'norm'>;

/** Entries of each document among the columns. */
export function lengthsOf(postings: Postings, numbers: Int32Array, columns: Int32Array): Uint32Array {
  if (!columns.includes(NONE)) return postings.lengths;
  const lengths = new Uint32Array(postings.lengths.length);
  for (let term = 0; term < columns.length; term++) {
    if (columns[term] !== NONE) countDocuments(postings, numbers[term]!, lengths);
  }
  return lengths;
}

function countDocuments({ starts, pairs }: Postings, number: number, lengths: Uint32Array): void {
  for (let pair = starts[number]!; pair < starts[number + 1]!; pair++) lengths[pairs[2 * pair]!]!++;
}

/**
 * The divisor of the values of each document: 1, the sum of its values, or the root of the sum of their squares.
 *
 * Adding doubles is not associative, so the order is scikit-learn's: with an idf from the last rank to the first, since its
 * product of sparse matrices turns the rows round; from the first to the last without.
 */
export function normsOf(
  postings: Postings,
  numbers: Int32Array,
  { columns, ranks, idf }: Placement,
  weighing: Weighing,
): Float64Array {
  const norms = new Float64Array(postings.lengths.length);
  if (weighing.norm === null) return norms.fill(1);
  const weights = frequencyWeights(postings.pairs, postings.pairs.length / 2, weighing);
  const add = weighing.norm === 'l1' ? addValues : addSquares;
  const order = orderOf(ranks);
  if (idf !== undefined) order.reverse();
  for (let n = 0; n < order.length; n++) {
    const term = order[n]!;
    if (columns[term] !== NONE) add(postings, numbers[term]!, weights, idf === undefined ? 1 : idf[term]!, norms);
  }
  for (let n = 0; n < norms.length; n++) {
    const sum = norms[n]!;
    norms[n] = sum === 0 ? 1 : weighing.norm === 'l1' ? sum : Math.sqrt(sum);
  }
  return norms;
}

function addValues(
  { starts, pairs }: Postings,
  number: number,
  weights: Float64Array,
  idf: number,
  sums: Float64Array,
): void {
  for (let pair = starts[number]!; pair < starts[number + 1]!; pair++) {
    sums[pairs[2 * pair]!]! += weights[pairs[2 * pair + 1]!]! * idf;
  }
}

function addSquares(
  { starts, pairs }: Postings,
  number: number,
  weights: Float64Array,
  idf: number,
  sums: Float64Array,
): void {
  for (let pair = starts[number]!; pair < starts[number + 1]!; pair++) {
    const value = weights[pairs[2 * pair + 1]!]! * idf;
    sums[pairs[2 * pair]!]! += value * value;
  }
}

/**
 * Writes the values into the rows, columns ascending.
 *
 * @param next where the next entry of each document goes; moved on
 */
export function fillRows(
  postings: Postings,
  numbers: Int32Array,
  { columns, idf }: Placement,
  weighing: Weighing,
  norms: Float64Array,
  next: Uint32Array,
  rows: Rows,
): void {
  const weights = frequencyWeights(postings.pairs, postings.pairs.length / 2, weighing);
  const order = orderOf(columns);
  for (let n = 0; n < order.length; n++) {
    const term = order[n]!;
    fillTerm(postings, numbers[term]!, columns[term]!, weights, idf === undefined ? 1 : idf[term]!, norms, next, rows);
  }
}

function fillTerm(
  { starts, pairs }: Postings,
  number: number,
  column: number,
  weights: Float64Array,
  idf: number,
  norms: Float64Array,
  next: Uint32Array,
  { indices, data }: Rows,
): void {
  for (let pair = starts[number]!; pair < starts[number + 1]!; pair++) {
    const document = pairs[2 * pair]!;
    const at = next[document]!++;
    indices[at] = column;
    data[at] = (weights[pairs[2 * pair + 1]!]! * idf) / norms[document]!;
  }
}

/** The weight of a term by how often it occurs in a document, up to the greatest count among so many pairs. */
export function frequencyWeights(pairs: Int32Array, length: number, { binary, sublinearTf }: Weighing): Float64Array {
  let greatest = 0;
  for (let at = 1; at < 2 * length; at += 2) if (pairs[at]! > greatest) greatest = pairs[at]!;
  const weights = new Float64Array(greatest + 1);
  for (let count = 1; count <= greatest; count++)
    weights[count] = binary ? 1 : sublinearTf ? logarithm(count) + 1 : count;
  return weights;
}
