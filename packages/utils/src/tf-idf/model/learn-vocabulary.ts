// Makes one vocabulary of the counts of all lanes: which terms have a column, and their idf.

import type { Settings } from '../options/options.ts';
import { locateTerms } from '../terms/locate-terms.ts';
import { mergeTerms } from '../terms/merge-terms.ts';
import { sharedFloat64, sharedInt32 } from '../terms/shared-arrays.ts';
import { NONE, termCount } from '../terms/terms.ts';
import { documentsOf } from './document-limit.ts';
import type { LaneTerms } from './lane-terms.ts';
import { logarithm } from './logarithm.ts';
import type { MergedPlacement } from './placement.ts';
import type { Candidates } from './pruned-terms.ts';
import { selectTerms, Vocabulary } from './vocabulary.ts';

/** A vocabulary, and what the lanes need to write their rows by it. */
export interface Learnt {
  readonly vocabulary: Vocabulary;
  /** By column; undefined without `useIdf`. */
  readonly idf: Float64Array | undefined;
  /** For each lane the columns and the idf of its terms. */
  readonly placements: readonly MergedPlacement[];
  readonly candidates: Candidates;
}

/** @throws RangeError where no term is found, or none is left, or the limits cross */
export function learnVocabulary(lanes: readonly LaneTerms[], documents: number, settings: Settings): Learnt {
  const { terms, maps } = mergeTerms(lanes.map((lane) => lane.terms));
  const count = termCount(terms);
  if (count === 0) {
    throw new RangeError('Expected the documents to hold terms, got none: perhaps they hold stop words alone');
  }
  const frequencies = new Float64Array(count);
  const totals = new Float64Array(count);
  for (const [n, lane] of lanes.entries()) {
    addUp(lane.frequencies, maps[n]!, frequencies);
    if (lane.totals !== undefined) addUp(lane.totals, maps[n]!, totals);
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
  const candidates = { terms, kept, frequencies, documents };
  return { vocabulary, idf, placements: maps.map((map) => ({ map, columns, ranks, idf })), candidates };
}

/** Numbers the marked terms from 0. */
function columnsOf(kept: Uint8Array): Int32Array {
  const columns = sharedInt32(kept.length).fill(NONE);
  let next = 0;
  for (let term = 0; term < kept.length; term++) if (kept[term] === 1) columns[term] = next++;
  if (next > 0) return columns;
  throw new RangeError(
    'Expected terms to remain between `minDf` and `maxDf`, got none: lower `minDf` or raise `maxDf`',
  );
}

/** The idf of a vocabulary that is given, by the counts of the lanes. */
export function learnIdf(
  lanes: readonly LaneTerms[],
  vocabulary: Vocabulary,
  documents: number,
  settings: Settings,
): Float64Array {
  const idf = sharedFloat64(vocabulary.size);
  for (const { terms, frequencies } of lanes) {
    const found = locateTerms(terms, vocabulary.terms);
    for (let term = 0; term < found.length; term++) {
      if (found[term] === NONE) continue;
      idf[vocabulary.columns?.[found[term]!] ?? found[term]!]! += frequencies[term]!;
    }
  }
  invert(idf, documents, settings);
  return idf;
}

function addUp(from: Int32Array | Float64Array, map: Int32Array, to: Float64Array): void {
  for (let term = 0; term < map.length; term++) to[map[term]!]! += from[term]!;
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
function ranksOf(lanes: readonly LaneTerms[], maps: readonly Int32Array[], count: number): Int32Array {
  const ranks = sharedInt32(count).fill(NONE);
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
  // Many terms are in as many documents: each logarithm is taken once.
  const known = new Float64Array(Math.min(documents, frequencies.length) + 1);
  for (let term = 0; term < frequencies.length; term++) {
    const frequency = frequencies[term]!;
    const idf = known[frequency] || logarithm((documents + more) / (frequency + more)) + 1;
    frequencies[term] = idf;
    if (frequency < known.length) known[frequency] = idf;
  }
}
