import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';
import type { DocumentLimit } from '../../src/tf-idf/index.ts';

test('a limit of 1 is a document, a fraction of 1 is all of them', async () => {
  const documents = ['aa bb', 'aa cc'];
  const names = async (maxDf: DocumentLimit) =>
    (await new TfidfVectorizer({ maxDf }).fit(documents)).getFeatureNamesOut();
  expect(await names(1)).toEqual(['bb', 'cc']);
  expect(await names({ fraction: 1 })).toEqual(['aa', 'bb', 'cc']);
});

test('a fraction is compared unrounded: 7 of 100 documents are less than 0.07 * 100 of them', async () => {
  const documents = Array.from({ length: 100 }, (_, n) => `common${n < 8 ? ' eight' : ''}${n < 7 ? ' seven' : ''}`);
  const vectorizer = await new TfidfVectorizer({ minDf: { fraction: 0.07 } }).fit(documents);
  expect(0.07 * 100).toBeGreaterThan(7);
  expect(vectorizer.getFeatureNamesOut()).toEqual(['common', 'eight']);
});

test('maxFeatures keeps those that occur most often, among equals the first, whatever else is asked for', async () => {
  const word = fc.constantFrom('aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg');
  const text = fc.array(word, { maxLength: 9 }).map((words) => words.join(' '));
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 7 }),
      async (all, most) => {
        const totals = new Map<string, number>();
        for (const found of all.join(' ').match(/\w+/g) ?? []) totals.set(found, (totals.get(found) ?? 0) + 1);
        fc.pre(totals.size > 0);
        const expected = [...totals].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, most);
        const vectorizer = await new TfidfVectorizer({ maxFeatures: most }).fit(all);
        expect(vectorizer.getFeatureNamesOut()).toEqual(expected.map(([name]) => name).toSorted());
      },
    ),
  );
});
