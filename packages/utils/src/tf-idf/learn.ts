// What the lanes have counted becomes one vocabulary: which terms have a column, and what they weigh.

import type { Sealed } from './lane.ts';
import { locate } from './locate.ts';
import { mergeTerms } from './merge.ts';
import type { DocumentLimit, Settings } from './options.ts';
import { sharedFloat64 } from './strings.ts';
import { NONE, spread, termCount } from './terms.ts';
import { selectTerms, Vocabulary } from './vocabulary.ts';
import type { Placement } from './weigh.ts';

export interface Learnt {
  readonly vocabulary: Vocabulary;
  /** By column; undefined without `useIdf`. */
  readonly idf: Float64Array | undefined;
  /** For each lane what its terms are in the matrix. */
  readonly placements: readonly Placement[];
}

/** @throws RangeError where no term is found, or none is left, or the limits cross */
export function learn(lanes: readonly Sealed[], documents: number, settings: Settings): Learnt {
  const { terms, maps } = mergeTerms(lanes.map((lane) => lane.terms));
  const count = termCount(terms);
  if (count === 0) {
    throw new RangeError('Expected the documents to hold terms, got none: perhaps they hold stop words alone');
  }
  const frequencies = new Float64Array(count);
  const totals = new Float64Array(count);
  for (const [n, lane] of lanes.entries()) {
    addUp(lane.frequencies, lane.numbers, maps[n]!, frequencies);
    if (lane.totals !== undefined) addUp(lane.totals, lane.numbers, maps[n]!, totals);
  }
  const kept = limitFrequencies(frequencies, documents, settings);
  if (settings.maxFeatures !== undefined) keepMost(kept, settings.binary ? frequencies : totals, settings.maxFeatures);
  const columns = columnsOf(kept);
  const vocabulary = new Vocabulary(selectTerms(terms, kept));
  const idf = settings.useIdf ? sharedFloat64(vocabulary.size) : undefined;
  if (idf !== undefined) {
    for (let term = 0; term < count; term++) if (columns[term] !== NONE) idf[columns[term]!] = frequencies[term]!;
    invert(idf, documents, settings);
  }
  const ranks = ranksOf(lanes, maps, count);
  const placements = maps.map((map) => {
    const own = pick(columns, map);
    return { columns: own, ranks: pick(ranks, map), idf: idf && spread(idf, own) };
  });
  return { vocabulary, idf, placements };
}

/** Numbers the marked terms from 0. */
function columnsOf(kept: Uint8Array): Int32Array {
  const columns = new Int32Array(kept.length).fill(NONE);
  let next = 0;
  for (let term = 0; term < kept.length; term++) if (kept[term] === 1) columns[term] = next++;
  if (next > 0) return columns;
  throw new RangeError(
    'Expected terms to remain between `minDf` and `maxDf`, got none: lower `minDf` or raise `maxDf`',
  );
}

function pick(values: Int32Array, map: Int32Array): Int32Array {
  const picked = new Int32Array(map.length);
  for (let n = 0; n < map.length; n++) picked[n] = values[map[n]!]!;
  return picked;
}

/** The idf of a vocabulary that is given, by what the lanes have counted. */
export function learnFrequencies(
  lanes: readonly Sealed[],
  vocabulary: Vocabulary,
  documents: number,
  settings: Settings,
): Float64Array {
  const idf = sharedFloat64(vocabulary.size);
  for (const { terms, numbers, frequencies } of lanes) {
    const found = locate(terms, vocabulary.terms);
    for (let term = 0; term < found.length; term++) {
      if (found[term] === NONE) continue;
      idf[vocabulary.columns?.[found[term]!] ?? found[term]!]! += frequencies[numbers[term]!]!;
    }
  }
  invert(idf, documents, settings);
  return idf;
}

function addUp(from: Int32Array | Float64Array, numbers: Int32Array, map: Int32Array, to: Float64Array): void {
  for (let term = 0; term < map.length; term++) to[map[term]!]! += from[numbers[term]!]!;
}

/** Marks the terms between the limits. Fractions are compared as they come, unrounded: 7 of 100 is less than 0.07 * 100. */
function limitFrequencies(frequencies: Float64Array, documents: number, { minDf, maxDf }: Settings): Uint8Array {
  const least = documentsOf(minDf, documents);
  const most = documentsOf(maxDf, documents);
  if (most < least) {
    throw new RangeError(`Expected \`maxDf\` to be at least as many documents as \`minDf\`, got ${most} and ${least}`);
  }
  const kept = new Uint8Array(frequencies.length);
  for (let term = 0; term < kept.length; term++) {
    kept[term] = frequencies[term]! >= least && frequencies[term]! <= most ? 1 : 0;
  }
  return kept;
}

function documentsOf(limit: DocumentLimit, documents: number): number {
  return typeof limit === 'number' ? limit : limit.fraction * documents;
}

/** Of the marked terms leaves those with the greatest totals; among equals the first. */
function keepMost(kept: Uint8Array, totals: Float64Array, most: number): void {
  const rising = totals.filter((_, term) => kept[term] === 1).toSorted();
  if (rising.length <= most) return;
  const least = rising[rising.length - most]!;
  let equals = most - (rising.length - (rising.lastIndexOf(least) + 1));
  for (let term = 0; term < kept.length; term++) {
    if (kept[term] === 0 || totals[term]! > least) continue;
    if (totals[term] === least && equals > 0) equals--;
    else kept[term] = 0;
  }
}

/**
 * The order of first appearance in all documents: the batches in their order, and in each the terms in the order in which
 * its lane met them first. Which lane had which batch makes no difference.
 */
function ranksOf(lanes: readonly Sealed[], maps: readonly Int32Array[], count: number): Int32Array {
  const ranks = new Int32Array(count).fill(NONE);
  let next = 0;
  const met = lanes.map(({ numbers, batches }, n) => byNumber(numbers, maps[n]!, batches.at(-1)?.numbered ?? 0));
  const spans = lanes.flatMap(({ batches }, lane) =>
    batches.map(({ number, numbered }, n) => ({ number, lane, from: batches[n - 1]?.numbered ?? 0, to: numbered })),
  );
  for (const { lane, from, to } of spans.toSorted((a, b) => a.number - b.number)) {
    for (const term of met[lane]!.subarray(from, to)) if (term !== NONE && ranks[term] === NONE) ranks[term] = next++;
  }
  return ranks;
}

/** For each number of a lane the merged term, NONE where it is no term by itself. */
function byNumber(numbers: Int32Array, map: Int32Array, numbered: number): Int32Array {
  const terms = new Int32Array(numbered).fill(NONE);
  for (let term = 0; term < numbers.length; term++) terms[numbers[term]!] = map[term]!;
  return terms;
}

/** From numbers of documents to ln(n / df) + 1, with one more document that has every term where it is smoothed. */
function invert(frequencies: Float64Array, documents: number, { smoothIdf }: Settings): void {
  const more = smoothIdf ? 1 : 0;
  for (let term = 0; term < frequencies.length; term++) {
    frequencies[term] = Math.log((documents + more) / (frequencies[term]! + more)) + 1;
  }
}
