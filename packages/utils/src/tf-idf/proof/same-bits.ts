// Whether more threads change a bit of the result of one.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { TfidfVectorizer } from '../index.ts';
import type { CsrMatrix } from '../index.ts';
import { countDiffering, fingerprints } from './against-scikit-learn.ts';
import { threadsGivenDocuments } from './threads-given-documents.ts';

/**
 * The entries of `matrix`, and how many differ for each number of threads; a part of the structure counts as one. Then how
 * many threads did the work: 'used-2' and so on.
 */
export async function compareThreads(
  documents: readonly string[],
  one: TfidfVectorizer,
  matrix: CsrMatrix,
  numbers: readonly number[],
  context: Context,
): Promise<Figure[]> {
  const prints = fingerprints(one, matrix);
  const figures = [counted('entries', 'entries of the matrix', matrix.nnz, 'entries', { least: 1 })];
  for (const threads of numbers) {
    context.screen.draw(`… tf-idf: the Brown Corpus on ${threads} threads`);
    await using many = new TfidfVectorizer({ threads });
    let other = matrix;
    const used = await threadsGivenDocuments(async () => (other = await many.fitTransform(documents, context)));
    const bits = countOtherBits(matrix, other) + countDiffering(prints, fingerprints(many, other));
    const name = `entries with another bit on ${threads} threads`;
    figures.push(
      counted(`bits-${threads}`, name, bits, 'entries', { most: 0 }),
      counted(`used-${threads}`, `threads that counted documents, of ${threads}`, used, 'threads', exactly(threads)),
    );
  }
  return figures;
}

function countOtherBits({ data: one }: CsrMatrix, { data: other }: CsrMatrix): number {
  return Math.abs(one.length - other.length) + one.filter((value, n) => !Object.is(value, other[n])).length;
}
