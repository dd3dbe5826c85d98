// Logistic regression: of which of two kinds a passage is, from how often it uses the commonest words. Trained by
// gradient descent on all passages at once (Bishop, Pattern Recognition and Machine Learning, sections 4.3.2 and 5.2.4).

import { readWords } from './words.ts';

/** Words of a passage. */
const PASSAGE = 250;

export interface Text {
  /** Path of a text file. */
  readonly file: string;
  /** Of which of the two kinds it is. */
  readonly label: 0 | 1;
}

export interface Passages {
  /** Passages in rows: the constant 1, then a number for each word of the vocabulary. */
  readonly features: Float64Array;
  /** 0 or 1 for each row. */
  readonly labels: Uint8Array;
}

/**
 * Cuts texts into passages of equal length; a shorter rest is left out. The feature of a word is the square root of its
 * count: counts of words scatter by about their root, so that roots scatter alike for rare and for common words.
 */
export function readPassages(texts: readonly Text[], vocabulary: readonly string[]): Passages {
  const columns = new Map(vocabulary.map((word, n) => [word, n + 1]));
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  for (const { file, label } of texts) {
    const words = readWords(file);
    for (let start = 0; start + PASSAGE <= words.length; start += PASSAGE) {
      const row = new Float64Array(vocabulary.length + 1);
      for (const word of words.slice(start, start + PASSAGE)) {
        const column = columns.get(word);
        if (column !== undefined) row[column]!++;
      }
      rows.push(row.map((count, n) => (n === 0 ? 1 : Math.sqrt(count))));
      labels.push(label);
    }
  }
  const features = new Float64Array(rows.length * (vocabulary.length + 1));
  for (const [n, row] of rows.entries()) features.set(row, n * row.length);
  return { features, labels: Uint8Array.from(labels) };
}

/** The gradient of the log loss, summed over the passages: prediction minus label, times each feature. */
export function sumGradient({ features, labels }: Passages, weights: Float64Array): Float64Array {
  const gradient = new Float64Array(weights.length);
  for (let n = 0; n < labels.length; n++) {
    const at = n * weights.length;
    const error = predict(features, at, weights) - labels[n]!;
    for (let j = 0; j < weights.length; j++) gradient[j]! += error * features[at + j]!;
  }
  return gradient;
}

/** How many passages are of the kind that is the likelier one by these weights. */
export function countRight({ features, labels }: Passages, weights: Float64Array): number {
  return labels.reduce(
    (right, label, n) => right + (predict(features, n * weights.length, weights) > 0.5 === (label === 1) ? 1 : 0),
    0,
  );
}

function predict(features: Float64Array, at: number, weights: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < weights.length; j++) sum += weights[j]! * features[at + j]!;
  return 1 / (1 + Math.exp(-sum));
}
