import { describe, expect, test } from 'vitest';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';
import type { Documents } from '../../src/tf-idf/index.ts';
import { contentOf } from './support.ts';

const TEXTS = ['Größe und Straße', 'σοφός ΣΟΦΌΣ', '', 'one two two', '世界 世界 𐐀𐐀'];

function encoded(texts: readonly string[]): Documents {
  const parts = texts.map((text) => Buffer.from(text));
  const offsets = [0];
  for (const part of parts) offsets.push(offsets.at(-1)! + part.length);
  return { bytes: Buffer.concat(parts), offsets };
}

async function* later(texts: readonly string[]): AsyncIterable<string> {
  for (const text of texts) {
    await Promise.resolve();
    yield text;
  }
}

function* once(texts: readonly string[]): Iterable<string> {
  yield* texts;
}

describe.each(['auto', 1, 2] as const)(
  'the same documents give the same rows however they come, threads %s',
  (threads) => {
    test.each<[string, (texts: readonly string[]) => Documents]>([
      ['an iterable that can be read once', once],
      ['an async iterable', later],
      ['UTF-8 with offsets', encoded],
      ['a Set', (texts) => new Set(texts)],
    ])('%s', async (_, form) => {
      await using vectorizer = new TfidfVectorizer({ threads });
      const expected = contentOf(await vectorizer.fitTransform(TEXTS));
      expect(contentOf(await vectorizer.fitTransform(form(TEXTS)))).toEqual(expected);
      const rows = contentOf(await vectorizer.transform(TEXTS));
      expect(contentOf(await vectorizer.transform(form(TEXTS)))).toEqual(rows);
    });
  },
);

test('a document larger than a batch, and more documents than a batch holds, lose nothing', async () => {
  await using vectorizer = new TfidfVectorizer({ threads: 2, norm: null, useIdf: false });
  const large = `${'word '.repeat(500_000)}é end`;
  const matrix = await vectorizer.fitTransform([...Array.from({ length: 20_000 }, () => 'tiny'), large, 'tiny end']);
  expect(vectorizer.getFeatureNamesOut()).toEqual(['end', 'tiny', 'word']);
  expect([...matrix.row(20_000).values]).toEqual([1, 500_000]);
  expect([...matrix.row(20_001).values]).toEqual([1, 1]);
  expect(matrix.shape).toEqual([20_002, 3]);
});

test('a source that fails half-way rejects with its error, and is closed', async () => {
  let closed = false;
  async function* failing(): AsyncIterable<string> {
    try {
      yield 'one two';
      await Promise.resolve();
      throw new Error('the source ran dry');
    } finally {
      closed = true;
    }
  }
  await using vectorizer = new TfidfVectorizer();
  await expect(vectorizer.fit(failing())).rejects.toThrow('the source ran dry');
  expect(closed).toBe(true);
});

test('terms go back from rows, and columns from terms', async () => {
  const vectorizer = new TfidfVectorizer({ ngramRange: [1, 2] });
  const matrix = await vectorizer.fitTransform(['the cat', 'cat the', '!']);
  expect(vectorizer.inverseTransform(matrix)).toEqual([['cat', 'the', 'the cat'], ['cat', 'cat the', 'the'], []]);
  for (const [column, name] of vectorizer.getFeatureNamesOut().entries()) {
    expect(vectorizer.columnOf(name)).toBe(column);
    expect(vectorizer.featureName(column)).toBe(name);
  }
  expect(vectorizer.columnOf('dog')).toBeUndefined();
  expect(vectorizer.columnOf('cat cat')).toBeUndefined();
  const other = await new TfidfVectorizer().fitTransform(['one']);
  expect(() => vectorizer.inverseTransform(other)).toThrow('Expected `matrix` to have 4 columns, got 1');
});

test('a given vocabulary keeps its columns, in the order of a list or by the numbers of a Map', async () => {
  const texts = ['zebra ant bee', 'ant ant', 'ox'];
  const list = new TfidfVectorizer({ vocabulary: ['zebra', 'ant', 'unseen'], norm: null, useIdf: false });
  expect((await list.fitTransform(texts)).toDense().map((row) => [...row])).toEqual([
    [1, 1, 0],
    [0, 2, 0],
    [0, 0, 0],
  ]);
  expect(list.getFeatureNamesOut()).toEqual(['zebra', 'ant', 'unseen']);
  const map = new TfidfVectorizer({
    vocabulary: new Map([
      ['ant', 1],
      ['zebra', 0],
    ]),
    norm: null,
    useIdf: false,
  });
  expect((await map.fitTransform(texts)).toDense().map((row) => [...row])).toEqual([
    [1, 1],
    [0, 2],
    [0, 0],
  ]);
});

test('toDense refuses what is too large, and row what is not there', async () => {
  const vectorizer = new TfidfVectorizer();
  const many = await vectorizer.fitTransform(Array.from({ length: 20_000 }, (_, n) => `term${n}`));
  expect(() => many.toDense()).toThrow('Expected at most 134217728 entries to make dense, got 20000 x 20000');
  expect(() => many.row(20_000)).toThrow('Expected `n` to be a row from 0 to 19999, got 20000');
});
