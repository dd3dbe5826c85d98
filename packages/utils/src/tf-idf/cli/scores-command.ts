// `tf-idf scores`: the vectors of the vectorizer, number for number.

import { findFiles } from '../files/find-files.ts';
import { Places } from '../files/places.ts';
import { readDocuments } from '../files/read-documents.ts';
import type { FileCounts } from '../files/read-documents.ts';
import { TfidfVectorizer } from '../index.ts';
import type { CsrMatrix } from '../index.ts';
import type { CollectionSource } from '../search/read-collection.ts';
import type { Request } from './arguments.ts';
import { describeSkipped, nameOf } from './draw.ts';
import { printable } from './printable.ts';
import { Progress } from './progress.ts';
import { withUsageErrors } from './usage-errors.ts';

/**
 * Prints the terms of each document with the largest weights.
 *
 * @returns the exit status: 0, or 1 where there is no term in any document
 * @throws UsageError with one line
 */
export async function scores({ source, limit, json }: Extract<Request, { task: 'scores' }>): Promise<number> {
  return withUsageErrors(async () => {
    await using vectorizer = new TfidfVectorizer();
    const places = new Places();
    const counts: FileCounts = { files: 0, binary: 0, unreadable: 0, badRecords: 0 };
    const matrix = await vectorize(vectorizer, source, places, counts);
    if (matrix === undefined) {
      if (json) console.log('[]');
      else console.error(`0 documents with a word${describeSkipped(counts)}`);
      return 1;
    }
    for (let document = 0; document < places.length; document++) {
      const place = places.at(document);
      const terms = topTerms(matrix, document, limit).map(({ column, score }) => ({
        term: vectorizer.featureName(column),
        score,
      }));
      if (json) console.log(JSON.stringify({ file: place.file, ...(place.end !== -1 && { line: place.line }), terms }));
      else
        console.log(
          `${nameOf(place)}: ${terms.map(({ term, score }) => `${printable(term)} ${score.toFixed(3)}`).join(', ')}`,
        );
    }
    return 0;
  });
}

/** The documents as rows; undefined where there is no term in any. */
async function vectorize(
  vectorizer: TfidfVectorizer,
  { paths, unit, walk }: CollectionSource,
  places: Places,
  counts: FileCounts,
): Promise<CsrMatrix | undefined> {
  let words = false;
  using progress = new Progress();
  const files = await findFiles(paths, walk);
  const texts = async function* (): AsyncGenerator<string> {
    for await (const { text } of readDocuments(files, unit, { places, counts })) {
      progress.onDocument(places.length);
      words ||= /[\p{L}\p{N}_]{2}/u.test(text);
      yield text;
    }
  };
  try {
    return await vectorizer.fitTransform(texts());
  } catch (error) {
    // Without a word there is no vocabulary, which the vectorizer refuses; here it means that nothing is found.
    if (error instanceof RangeError && !words) return undefined;
    throw error;
  }
}

/** The columns of a row with the largest values, the largest first; of equal ones in the order of their terms. */
function topTerms(matrix: CsrMatrix, row: number, limit: number): { column: number; score: number }[] {
  const { columns, values } = matrix.row(row);
  const all = Array.from(columns, (column, at) => ({ column, score: values[at]! }));
  return all.toSorted((a, b) => b.score - a.score || a.column - b.column).slice(0, limit);
}
