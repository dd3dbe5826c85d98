import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TfidfVectorizer } from '../../../src/tf-idf/index.ts';
import { toPostings, toRows } from '../../../src/tf-idf/search/postings.ts';
import { SearchIndex } from '../../../src/tf-idf/search/search-index.ts';

/** Few words, so that documents share them; one beyond the BMP and one whose case folds. */
const word = fc.constantFrom('mutex', 'Mutex', 'thread', 'memory', 'race', 'ΣΊΣΥΦΟΣ', '𐐀𐐁', 'ﬀ_1', 'zz');
const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const texts = fc.array(text, { minLength: 1, maxLength: 12 });

test('a score is the cosine of the vectors that the vectorizer makes of document and query', async () => {
  await fc.assert(
    fc.asyncProperty(texts, text, async (documents, query) => {
      const index = await SearchIndex.of(documents);
      await using vectorizer = new TfidfVectorizer();
      const rows = (await vectorizer.fitTransform(documents)).toDense();
      const [wanted] = (await vectorizer.transform([query])).toDense();
      const cosines = rows.map((row) => row.reduce((sum, value, column) => sum + value * wanted![column]!, 0));

      const { hits, found } = index.search(query, 100);
      expect(found).toBe(cosines.filter((cosine) => cosine > 0).length);
      expect(hits).toHaveLength(found);
      for (const { document, score, shares } of hits) {
        expect(score).toBeCloseTo(cosines[document]!, 12);
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      }
    }),
    { numRuns: 60 },
  );
});

test('hits come the best first, of equal ones the first, and a limit only cuts the list', async () => {
  await fc.assert(
    fc.asyncProperty(texts, text, fc.integer({ min: 1, max: 5 }), async (documents, query, limit) => {
      const index = await SearchIndex.of(documents);
      const { hits, found } = index.search(query, 100);
      const sorted = hits.toSorted((a, b) => b.score - a.score || a.document - b.document);
      expect(hits).toEqual(sorted);
      expect(index.search(query, limit)).toMatchObject({ hits: hits.slice(0, limit), found });
    }),
    { numRuns: 60 },
  );
});

test('one query leaves nothing behind for the next', async () => {
  const index = await SearchIndex.of(['race mutex', 'mutex', 'thread']);
  const first = index.search('mutex race', 10);
  index.search('thread', 10);
  expect(index.search('mutex race', 10)).toEqual(first);
});

test('words that no document has are returned, once each, and change no order', async () => {
  const index = await SearchIndex.of(['race mutex', 'mutex mutex']);
  const answer = index.search('Mutex semaphore SEMAPHORE x barrier', 10);
  expect(answer.unknown).toEqual(['semaphore', 'barrier']);
  expect(answer.known).toEqual(['mutex']);
  expect(answer.hits.map(({ document }) => document)).toEqual([1, 0]);
  expect(index.search('semaphore', 10)).toEqual({ hits: [], found: 0, unknown: ['semaphore'], known: [] });
});

test('the share of a word is the part of the score that it brings', async () => {
  // Without idf's help both words weigh the same: each stands in one document of two, once.
  const index = await SearchIndex.of(['race mutex', 'thread']);
  const [hit] = index.search('mutex race', 1).hits;
  expect(hit!.shares.map(({ term, share }) => [term, Number(share.toFixed(12))])).toEqual([
    ['mutex', 0.5],
    ['race', 0.5],
  ]);
  expect(index.search('mutex mutex mutex race', 1).hits[0]!.shares[0]!.share).toBeCloseTo(0.75, 12);
});

test('terms of a document are those of its row, the largest first', async () => {
  const index = await SearchIndex.of(['mutex mutex race', 'race thread', 'race']);
  const termsOf = index.byDocument();
  expect(termsOf(0, 10).map(({ term }) => term)).toEqual(['mutex', 'race']);
  expect(termsOf(1, 1).map(({ term }) => term)).toEqual(['thread']);
  expect(termsOf(2, 10)).toEqual([{ term: 'race', score: 1 }]);
});

test('a matrix by columns has the same entries as by rows, and turned twice is itself', () => {
  const rows = fc.array(fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 7 }), { maxLength: 9 });
  fc.assert(
    fc.property(rows, (columnsOfRows) => {
      const indptr = new Uint32Array(columnsOfRows.length + 1);
      for (const [row, columns] of columnsOfRows.entries()) indptr[row + 1] = indptr[row]! + columns.length;
      const indices = Int32Array.from(columnsOfRows.flatMap((columns) => columns.toSorted((a, b) => a - b)));
      const data = Float64Array.from(indices, (_, n) => n + 0.5);
      const postings = toPostings({ shape: [columnsOfRows.length, 7], indptr, indices, data });
      for (let column = 0; column < 7; column++) {
        const found = postings.rows.subarray(postings.starts[column], postings.starts[column + 1]);
        expect([...found]).toEqual([...columnsOfRows.keys()].filter((row) => columnsOfRows[row]!.includes(column)));
      }
      const again = toRows(postings, columnsOfRows.length);
      expect([...again.indptr]).toEqual([...indptr]);
      expect([...again.indices]).toEqual([...indices]);
      expect([...again.data]).toEqual([...data]);
    }),
  );
});
