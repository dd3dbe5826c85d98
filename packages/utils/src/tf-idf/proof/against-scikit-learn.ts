// The terms and the structure of the matrix against scikit-learn's, by fingerprint.

import { createHash } from 'node:crypto';
import { counted, counts } from '@cookbook/lab/claim';
import type { Figure, Finding } from '@cookbook/lab/claim';
import type { CsrMatrix, TfidfVectorizer } from '../index.ts';

/** SHA-256 of the terms, a line each, and of the arrays of the matrix. */
interface Fingerprints {
  readonly vocabulary: string;
  readonly indptr: string;
  readonly indices: string;
}

/** Those of scikit-learn 1.2.1 for the Brown Corpus. */
const SCIKIT_LEARN: Fingerprints = {
  vocabulary: '1c967b9c81f1aeb2c35c72f96742add436176eae07fc20f339f4b26b980b3d88',
  indptr: 'c121bf9a52f8e1f086487b8730e4235254b279dbf16ec5adf9aade276c948105',
  indices: '7d98b17c710ba3ea20eb0b5defda68a39c5078a358af226aad04fa68d120d38b',
};

/** @param vectorizer fitted to the Brown Corpus, which `matrix` is of */
export function compareWithScikitLearn(vectorizer: TfidfVectorizer, matrix: CsrMatrix): Figure {
  const differ = countDiffering(fingerprints(vectorizer, matrix), SCIKIT_LEARN);
  return counted('structure', "parts of the structure that differ from scikit-learn's", differ, 'of 3', { most: 0 });
}

/** The installed scikit-learn's result against the same fingerprints; cannot be shown without scikit-learn. */
export function pythonStructure(answer: unknown): Finding[] {
  const { missing, version, megabytesPerSecond, ...prints } = answer as Fingerprints & {
    missing?: true;
    version: string;
    megabytesPerSecond: number;
  };
  if (missing) {
    return [{ figures: [], judgement: { verdict: 'cannot-show', reason: 'this Python has no scikit-learn' } }];
  }
  return [
    counts(
      `Of terms, row ends and columns of scikit-learn ${version}, {structure or none} differs from Node's, at {throughput} on one core.`,
      counted(
        'structure',
        'parts of the structure that differ from ours',
        countDiffering(prints, SCIKIT_LEARN),
        'of 3',
        {
          most: 0,
        },
      ),
      counted('throughput', 'throughput', megabytesPerSecond, 'MB/s'),
    ),
  ];
}

export function fingerprints(vectorizer: TfidfVectorizer, { indptr, indices }: CsrMatrix): Fingerprints {
  const vocabulary = sha256(vectorizer.getFeatureNamesOut().join('\n'));
  return { vocabulary, indptr: sha256(indptr), indices: sha256(indices) };
}

/** How many of the three parts differ. */
export function countDiffering(one: Fingerprints, other: Fingerprints): number {
  const parts = Object.keys(SCIKIT_LEARN) as (keyof Fingerprints)[];
  return parts.filter((part) => one[part] !== other[part]).length;
}

function sha256(bytes: string | NodeJS.ArrayBufferView): string {
  return createHash('sha256').update(bytes).digest('hex');
}
