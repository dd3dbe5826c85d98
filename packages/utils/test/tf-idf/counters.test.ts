// The counter for the default pattern against the one for any pattern, and many lanes against one, on text that nobody would
// write.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';
import { contentOf, fitOverLanes } from './support.ts';
import type { TfidfWordOptions } from './support.ts';

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

/** Code points that matter to tokens: every class, every length in UTF-8, letters whose lower case depends or grows. */
const character = fc.oneof(
  { weight: 6, arbitrary: oneOf('aAbBzZ019_ -.\n\0') },
  { weight: 3, arbitrary: oneOf('éÉßẞσςΣıİiÅÅǅ٣५Ⅷⅷ½·\u0301\u0307\u200D\uFEFF€世界かカ') },
  { weight: 2, arbitrary: oneOf('𝐀𐐀𐐨😀𠀀𞤀𞤢\u{1F1E6}\u{E0100}') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
);
const word = fc.oneof(
  fc.string({ unit: character, maxLength: 12 }),
  fc.constantFrom(
    'the',
    'The',
    'and',
    'data',
    'DATA',
    'a',
    'eightbyt',
    'ninebytes',
    'ninebytez',
    'a_much_longer_word_1',
  ),
);
const document = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const documents = fc.array(document, { minLength: 1, maxLength: 12 });

const options: fc.Arbitrary<TfidfWordOptions> = fc.record(
  {
    lowercase: fc.boolean(),
    stopWords: fc.constantFrom('english' as const, ['data', 'ninebytes', 'é', 'σς', 'the cat', 'The', 'a\0', 'an']),
    ngramRange: fc.constantFrom([1, 1], [1, 2], [2, 2], [2, 3], [1, 4]) as fc.Arbitrary<[number, number]>,
    simd: fc.boolean(),
    minDf: fc.constantFrom(1, 2, { fraction: 0.1 }),
    maxDf: fc.constantFrom(3, { fraction: 0.9 }),
    maxFeatures: fc.integer({ min: 1, max: 8 }),
    binary: fc.boolean(),
    useIdf: fc.boolean(),
    smoothIdf: fc.boolean(),
    sublinearTf: fc.boolean(),
    norm: fc.constantFrom('l1', 'l2', null),
    vocabulary: fc.constantFrom(['the', 'and the', 'σς', 'DATA', 'a  b', '', 'data the and', 'zz'], ['data']),
  },
  { requiredKeys: [] },
);

/** The result, or the error: both counters have to agree on that too. */
async function attempt(all: readonly string[], wanted: TfidfWordOptions, lanes = [{ bytes: 1_024, documents: 64 }]) {
  try {
    return await fitOverLanes(all, wanted, { lanes });
  } catch (error) {
    return (error as Error).message;
  }
}

const ANY_PATTERN = { tokenPattern: /(?:[\p{L}\p{N}_]{2,})/gu };

/** Random options often contradict each other. */
const QUIET = { threads: 1, onWarning: () => {} };

test('the counters for the default pattern and for any pattern give the same columns and bits for any text and options', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(documents, options, async (all, wanted) => {
      const byDefault = await attempt(all, wanted);
      expect(byDefault).toEqual(await attempt(all, { ...wanted, ...ANY_PATTERN }));
      if (typeof byDefault !== 'string') compared++;
    }),
    { numRuns: 600 },
  );
  expect(compared).toBeGreaterThan(200);
});

test('transform gives the same bits by both counters, for text with other words than the vectorizer was fitted with', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(documents, documents, options, async (fitted, others, wanted) => {
      const byDefault = new TfidfVectorizer({ ...wanted, ...QUIET });
      const byAny = new TfidfVectorizer({ ...wanted, ...ANY_PATTERN, ...QUIET });
      const isFitted = await byDefault.fit(fitted).then(
        () => true,
        () => false,
      );
      fc.pre(isFitted);
      await byAny.fit(fitted);
      const rows = contentOf(await byDefault.transform(others));
      expect(rows).toEqual(contentOf(await byAny.transform(others)));
      if (rows.indices.length > 0) compared++;
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(50);
});

const sizes = fc.array(
  fc.record({ bytes: fc.integer({ min: 1, max: 60 }), documents: fc.integer({ min: 1, max: 4 }) }),
  {
    minLength: 2,
    maxLength: 5,
  },
);

test('any number of lanes and any cut into batches gives the same bits as one lane', async () => {
  await fc.assert(
    fc.asyncProperty(documents, options, sizes, async (all, wanted, lanes) => {
      expect(await attempt(all, wanted, lanes)).toEqual(await attempt(all, wanted));
    }),
    { numRuns: 400 },
  );
});

test('tokens of the default pattern, counted as bytes, are its matches in the lower-cased document', async () => {
  await fc.assert(
    fc.asyncProperty(document, async (text) => {
      const expected = new Set(text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu));
      fc.pre(expected.size > 0);
      const { names } = await fitOverLanes([text], {}, { lanes: [{ bytes: 1_024, documents: 1 }] });
      expect(new Set(names)).toEqual(expected);
    }),
    { numRuns: 600 },
  );
});

test('tables that have grown many times hold every term', async () => {
  const all = Array.from({ length: 200 }, (_, n) =>
    Array.from({ length: 300 }, (__, m) => `w${((n * 300 + m) * 7_919) % 50_021}`).join(' '),
  );
  const lanes = [{ bytes: 2 ** 16, documents: 64 }];
  const wanted: TfidfWordOptions = { ngramRange: [1, 2] };
  const byDefault = await fitOverLanes(all, wanted, { lanes });
  expect(byDefault.names.length).toBeGreaterThan(80_000);
  expect(byDefault).toEqual(await fitOverLanes(all, { ...wanted, ...ANY_PATTERN }, { lanes }));
});

/** Of so many some ten pairs share their key of 56 bits. */
const LONG_TOKENS = Array.from({ length: 300_000 }, (_, n) => `longtoken${(n * 2_654_435_761).toString(36)}`);

test('long tokens with one hash stay apart', async () => {
  const lanes = [{ bytes: 2 ** 23, documents: 1 }];
  const { names } = await fitOverLanes([LONG_TOKENS.join(' ')], {}, { lanes });
  expect(names.length).toBe(new Set(LONG_TOKENS).size);
});

test('a long token that only shares its hash with a term of the vocabulary is none of its terms', async () => {
  const [known, unknown] = [0, 1].map((rest) => LONG_TOKENS.filter((_, n) => n % 2 === rest).join(' '));
  const vectorizer = await new TfidfVectorizer({ threads: 1 }).fit([known!]);
  expect((await vectorizer.transform([unknown!])).nnz).toBe(0);
  expect((await vectorizer.transform([known!])).nnz).toBe(150_000);
});

test('a vocabulary with terms that no text can have leaves those of the others alone', async () => {
  const vectorizer = new TfidfVectorizer({ vocabulary: ['ab\0', 'ab', 'zz', 'c d', ''], useIdf: false, norm: null });
  await vectorizer.fit(['ab']);
  const { indices, data } = await vectorizer.transform(['zz ef ab zz']);
  expect([[...indices], [...data]]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});
