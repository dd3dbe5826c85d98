import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TfidfVectorizer } from '../../../src/tf-idf/index.ts';
import { SearchIndex } from '../../../src/tf-idf/search/search-index.ts';

/** Few words, so that documents share them; one beyond the BMP and one whose case folds. */
const word = fc.constantFrom('mutex', 'Mutex', 'thread', 'memory', 'race', '𐐀𐐁', 'zz');
const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const texts = fc.array(text, { minLength: 1, maxLength: 12 });

test('by cosine a score is that of the vectors that the vectorizer makes of document and query', async () => {
  await fc.assert(
    fc.asyncProperty(texts, text, async (documents, query) => {
      const index = await SearchIndex.of(documents);
      await using vectorizer = new TfidfVectorizer();
      const rows = (await vectorizer.fitTransform(documents)).toDense();
      const [wanted] = (await vectorizer.transform([query])).toDense();
      const cosines = rows.map((row) => row.reduce((sum, value, column) => sum + value * wanted![column]!, 0));

      const { hits, found } = index.search(query, { limit: 100, rank: 'cosine' });
      expect(found).toBe(cosines.filter((cosine) => cosine > 0).length);
      for (const { document, score } of hits) expect(score).toBeCloseTo(cosines[document]!, 12);
    }),
    { numRuns: 60 },
  );
});

test('by BM25 one word of the text scores as the formula of Robertson and Zaragoza gives', async () => {
  const documents = ['race race race thread pool', 'race', 'a long text without that word but with many others in it'];
  const index = await SearchIndex.of(documents);
  const average = (5 + 1 + 12) / 3;
  const idf = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5));
  const score = (count: number, length: number): number =>
    (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * Math.max(length, average / 2)) / average));
  const { hits } = index.search('race');
  expect(hits.map(({ document }) => document)).toEqual([0, 1]);
  expect(hits.map((hit) => hit.score)).toEqual([score(3, 5), score(1, 1)].map((one) => expect.closeTo(one, 12)));
});

test.each(['bm25', 'cosine'] as const)(
  'by %s hits come the best first, of equal ones the first; a limit only cuts the list; shares are 1 together',
  async (rank) => {
    await fc.assert(
      fc.asyncProperty(texts, text, fc.integer({ min: 1, max: 5 }), async (documents, query, limit) => {
        const index = await SearchIndex.of(documents);
        const { hits, found } = index.search(query, { limit: 100, rank });
        expect(hits).toEqual(hits.toSorted((a, b) => b.score - a.score || a.document - b.document));
        expect(hits).toHaveLength(found);
        expect(index.search(query, { limit, rank })).toMatchObject({ hits: hits.slice(0, limit), found });
        for (const { shares } of hits) expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      }),
      { numRuns: 60 },
    );
  },
);

test('a file of one word does not come before those that are about it', async () => {
  const about = 'A mutex lets one thread in. Who waits for a mutex sleeps; the mutex wakes one of them. '.repeat(3);
  const other = 'Of other things: trees, rivers and stones, in as many words as there are in the others. '.repeat(3);
  const index = await SearchIndex.of(['mutex', about, other, other]);
  expect(index.search('mutex').hits.map(({ document }) => document)).toEqual([1, 0]);
  expect(index.search('mutex', { rank: 'cosine' }).hits[0]).toMatchObject({ document: 0, score: expect.closeTo(1) });
});

test('all words of the query once come before one of them many times', async () => {
  const index = await SearchIndex.of([
    'race race race race race race',
    'a race in which a lock is late',
    'lock',
    'x y z',
  ]);
  expect(index.search('race lock').hits[0]!.document).toBe(1);
});

test('words side by side in query and document come before the same words apart', async () => {
  // Of the same words, and as long: only their order differs.
  const index = await SearchIndex.of(['write of a lock to read', 'of a read write lock to', 'none of that is here']);
  expect(index.search('read write lock').hits.map(({ document }) => document)).toEqual([1, 0]);
});

test('words of the name and of headings count, and a document may be found by its name alone', async () => {
  const index = await SearchIndex.of([
    { name: 'notes/a.md', text: 'some text\n\nabout a mutex' },
    { name: 'notes/mutex.md', text: 'some text\n\nabout a mutex' },
    { name: 'notes/b.md', text: 'some text\n\n# about a mutex' },
    { name: 'read-write/c.md', text: 'other' },
  ]);
  expect(index.search('mutex').hits.map(({ document }) => document)).toEqual([2, 1, 0]);
  expect(index.search('read write').hits.map(({ document }) => document)).toEqual([3]);
});

test('one query leaves nothing behind for the next', async () => {
  const index = await SearchIndex.of(['race mutex', 'mutex', 'thread']);
  const first = index.search('mutex race');
  index.search('thread');
  expect(index.search('mutex race')).toEqual(first);
});

test('words that no document has are returned, once each, and change no order', async () => {
  const index = await SearchIndex.of(['race mutex', 'mutex mutex']);
  const answer = index.search('Mutex semaphore SEMAPHORE barrier');
  expect(answer.unknown).toEqual(['semaphore', 'barrier']);
  expect(answer.hits).toEqual(index.search('mutex').hits);
  expect(index.search('semaphore')).toMatchObject({ hits: [], found: 0, unknown: ['semaphore'] });
});

test('documents without a word, and none at all, are searched without finding any', async () => {
  for (const documents of [[], [''], ['- -']]) {
    expect((await SearchIndex.of(documents)).search('mutex')).toMatchObject({ hits: [], found: 0 });
  }
});
