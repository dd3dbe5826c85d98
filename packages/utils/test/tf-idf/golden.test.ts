import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';
import type { CsrMatrix, DocumentLimit } from '../../src/tf-idf/index.ts';
import { mostUlps, readData } from './support.ts';
import type { TfidfWordOptions } from './support.ts';

/** Options as scikit-learn calls them; a limit as { count } or { fraction }. */
type Limit = { count: number } | { fraction: number };
interface Case {
  readonly options: Readonly<Record<string, unknown>> & { min_df?: Limit; max_df?: Limit };
  readonly docs: readonly string[];
  readonly vocabulary: readonly string[];
  readonly idf?: readonly number[];
  readonly data: Matrix;
  readonly transform_docs?: readonly string[];
  readonly transform?: Matrix;
}
interface Matrix {
  readonly shape: readonly number[];
  readonly indptr: readonly number[];
  readonly indices: readonly number[];
  readonly data: readonly number[];
}

function camelCased(options: Case['options']): TfidfWordOptions {
  const limit = (one: Limit): DocumentLimit => ('count' in one ? one.count : one);
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      name === 'min_df' || name === 'max_df' ? limit(value as Limit) : value,
    ]),
  );
}

function expectMatrix(actual: CsrMatrix, expected: Matrix): void {
  expect([...actual.shape]).toEqual(expected.shape);
  expect([...actual.indptr]).toEqual(expected.indptr);
  expect([...actual.indices]).toEqual(expected.indices);
  expect(mostUlps(actual.data, expected.data)).toBe(0);
}

const files = readdirSync(new URL('./data/', import.meta.url)).filter((name) => name.startsWith('dev'));
test('there are 14 cases that scikit-learn answered', () => expect(files).toHaveLength(14));

const open: TfidfVectorizer[] = [];
afterAll(() => Promise.all(open.map((vectorizer) => vectorizer[Symbol.asyncDispose]())));

describe.each(files)('%s: structure and values are those of scikit-learn, to the last bit', (file) => {
  const golden = readData(file) as Case;

  test.each([
    ['on this thread', { threads: 1 }],
    ['on two threads', { threads: 2 }],
    ['by the counter for any pattern', { tokenPattern: /(?:[\p{L}\p{N}_]{2,})/gu, threads: 1 }],
  ] as const)('%s', async (_, how) => {
    const vectorizer = new TfidfVectorizer({ ...camelCased(golden.options), ...how });
    open.push(vectorizer);
    expectMatrix(await vectorizer.fitTransform(golden.docs), golden.data);
    expect(vectorizer.getFeatureNamesOut()).toEqual(golden.vocabulary);
    if (golden.idf) expect(mostUlps(vectorizer.idf, golden.idf)).toBe(0);
    if (golden.transform) expectMatrix(await vectorizer.transform(golden.transform_docs!), golden.transform);
  });
});
