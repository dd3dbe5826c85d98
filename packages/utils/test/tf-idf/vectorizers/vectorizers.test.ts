// What no scikit-learn can be asked: how documents arrive, threads, types, messages of our own.

import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { CountVectorizer, HashingVectorizer, TfidfVectorizer } from '../../../src/tf-idf/index.ts';
import type { CsrMatrix, CountOptions, HashingOptions, TfidfOptions, Values } from '../../../src/tf-idf/index.ts';
import { threadsGivenDocuments } from '../../../src/tf-idf/proof/threads-given-documents.ts';
import { contentOf, digestOf } from '../support.ts';

const TEXTS = ['Größe und Straße', 'σοφός ΣΟΦΌΣ', '', 'one two two', '世界 世界 𐐀𐐀'];
const BYTES = TEXTS.map((text) => Buffer.from(text));

async function* later<T>(items: readonly T[]): AsyncIterable<T> {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}

/** So many that each of three threads has a batch, of words with marks, capitals and runs of white space. */
const MANY = Array.from({ length: 50_000 }, (_, n) => `É${(n * 31) % 773}ſ${n % 3 === 0 ? ' ' : '\n\n'}x${n % 97}`);

describe.each(['auto', 1, 2] as const)('bytes are documents as their text is, threads %s', (threads) => {
  test.each([
    ['a list', () => BYTES],
    ['a stream', () => later(BYTES)],
    ['a mixed list', () => [TEXTS[0]!, BYTES[1]!, new Uint8Array(BYTES[2]!), TEXTS[3]!, BYTES[4]!]],
  ])('%s', async (_, form) => {
    await using vectorizer = new TfidfVectorizer({ threads });
    const expected = contentOf(await vectorizer.fitTransform(TEXTS));
    expect(contentOf(await vectorizer.fitTransform(form()))).toEqual(expected);
  });

  test('a list of terms of a function, in a stream', async () => {
    await using vectorizer = new CountVectorizer({
      analyzer: (tokens: readonly string[]) => tokens,
      ...(threads !== 2 && { threads }),
    });
    const documents = [['b', 'New York', 'b'], [], ['', 'a\xFFb', '𐐀']];
    const matrix = await vectorizer.fitTransform(later(documents));
    expect(vectorizer.getFeatureNamesOut()).toEqual(['', 'New York', 'a\xFFb', 'b', '𐐀']);
    expect(matrix.toDense().map((row) => [...row])).toEqual([
      [0, 1, 0, 2, 0],
      [0, 0, 0, 0, 0],
      [1, 0, 1, 0, 1],
    ]);
  });
});

test('offsets may cut bytes that are not UTF-8, where those are replaced', async () => {
  const documents = { bytes: Buffer.from('abé'), offsets: [0, 3, 4] };
  const vectorizer = new CountVectorizer({ decodeError: 'replace', analyzer: 'char' });
  await vectorizer.fit(documents);
  expect(vectorizer.getFeatureNamesOut()).toEqual(['a', 'b', '\uFFFD']);
  await expect(new CountVectorizer({ analyzer: 'char' }).fit(documents)).rejects.toThrow(
    'Expected document 0 to be UTF-8, got other bytes in it',
  );
});

describe('any number of threads gives the same bits, and each of them has documents', () => {
  const open: Readonly<Record<string, (threads: number) => TfidfVectorizer | CountVectorizer | HashingVectorizer>> = {
    char: (threads) => new TfidfVectorizer({ analyzer: 'char', ngramRange: [1, 3], threads }),
    char_wb: (threads) => new TfidfVectorizer({ analyzer: 'char_wb', ngramRange: [2, 4], maxFeatures: 900, threads }),
    'accents and n-grams': (threads) => new CountVectorizer({ stripAccents: 'unicode', ngramRange: [1, 2], threads }),
    hashing: (threads) => new HashingVectorizer({ nFeatures: 500, threads }),
    'hashing n-grams': (threads) => new HashingVectorizer({ ngramRange: [2, 2], norm: 'l1', threads }),
  };
  test.each(Object.keys(open))('%s', async (name) => {
    const rows = async (threads: number): Promise<string> => {
      await using vectorizer = open[name]!(threads);
      let matrix: CsrMatrix<Values> | undefined;
      const run = async (): Promise<void> => {
        matrix = 'fitTransform' in vectorizer ? await vectorizer.fitTransform(MANY) : await vectorizer.transform(MANY);
      };
      expect(await threadsGivenDocuments(run)).toBe(threads === 1 ? 0 : threads);
      return digestOf(matrix!);
    };
    const one = await rows(1);
    expect([await rows(2), await rows(3)]).toEqual([one, one]);
  });
});

test('hashing learns nothing: a document has the same row whatever stands beside it', async () => {
  const vectorizer = new HashingVectorizer({ nFeatures: 32 });
  const alone = await vectorizer.transform(['two']);
  const among = await vectorizer.transform(['one two three', 'two', '']);
  expect(among.shape).toEqual([3, 32]);
  expect([...among.row(1).columns, ...among.row(1).values]).toEqual([...alone.indices, ...alone.data]);
});

test('an aborted hashing rejects with the reason, and an empty list is refused', async () => {
  const vectorizer = new HashingVectorizer();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(vectorizer.transform(['a'], { signal })).rejects.toThrow('enough');
  await expect(vectorizer.transform([])).rejects.toThrow('Expected documents to hash, got none');
});

test('values are of the kind that is asked for, in shared memory', async () => {
  const documents = ['one two two', 'two'];
  const counts: CsrMatrix<Uint32Array> = await new CountVectorizer().fitTransform(documents);
  const doubles: CsrMatrix = await new CountVectorizer({ dtype: 'float64' }).fitTransform(documents);
  const singles: CsrMatrix<Float32Array> = await new TfidfVectorizer({ dtype: 'float32' }).fitTransform(documents);
  const hashed: CsrMatrix<Float32Array> = await new HashingVectorizer({ dtype: 'float32' }).transform(documents);
  expect([counts.data, doubles.data]).toEqual([Uint32Array.of(1, 2, 1), Float64Array.of(1, 2, 1)]);
  expect([singles.data, hashed.data].map((data) => data instanceof Float32Array)).toEqual([true, true]);
  expect(counts.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  const exact = await new TfidfVectorizer().fitTransform(documents);
  expect([...singles.data]).toEqual([...exact.data].map(Math.fround));
  expect(counts.toDense()[0]).toBeInstanceOf(Uint32Array);
});

test('an idf from elsewhere is copied and used, and refused where it is not one finite number a column', async () => {
  const vectorizer = new TfidfVectorizer({ vocabulary: ['one', 'two'], norm: null });
  expect(() => vectorizer.idf).toThrow('Expected the vectorizer to be fitted before, it is not');
  await expect(vectorizer.transform(['one'])).rejects.toThrow('Expected the vectorizer to be fitted before, it is not');
  const idf = [2, 3];
  vectorizer.idf = idf;
  idf[0] = 99;
  expect([...(await vectorizer.transform(['one two two'])).data]).toEqual([2, 6]);
  const set = (value: number[]) => () => {
    vectorizer.idf = value;
  };
  expect(set([1])).toThrow('Expected `idf` to have 2 numbers, one for each column, got 1');
  expect(set([1, NaN])).toThrow('Expected `idf` to hold finite numbers, got NaN');
  expect([...vectorizer.idf]).toEqual([2, 3]);
  const unfitted = new TfidfVectorizer();
  expect(() => {
    unfitted.idf = [1];
  }).toThrow('Expected the vectorizer to be fitted before, it is not');
  await vectorizer.fit(['one']);
  expect([...vectorizer.idf]).not.toEqual([2, 3]);
});

test('a given vocabulary is there before fit: names, columns, inverse, and rows where no idf is wanted', async () => {
  const vectorizer = new TfidfVectorizer({ vocabulary: { two: 0, one: 1 }, useIdf: false, norm: null });
  expect(vectorizer.getFeatureNamesOut()).toEqual(['two', 'one']);
  expect(vectorizer.columnOf('one')).toBe(1);
  const matrix = await vectorizer.transform(['one two one', 'three']);
  expect(matrix.toDense().map((row) => [...row])).toEqual([
    [1, 2],
    [0, 0],
  ]);
  expect(vectorizer.inverseTransform(matrix)).toEqual([['two', 'one'], []]);
});

test('pruned terms are told apart by the option that left them out', async () => {
  const documents = ['all rare some more', 'all some more', 'all some more more', 'all'];
  const options = { minDf: 2, maxDf: 3, maxFeatures: 1, ngramRange: [1, 1] } as const;
  const vectorizer = await new CountVectorizer(options).fit(documents);
  expect(vectorizer.getFeatureNamesOut()).toEqual(['more']);
  expect(vectorizer.prunedTerms).toEqual({ minDf: ['rare'], maxDf: ['all'], maxFeatures: ['some'] });
  const all = await new CountVectorizer().fit(documents);
  expect(all.prunedTerms).toEqual({ minDf: [], maxDf: [], maxFeatures: [] });
  expect(() => new CountVectorizer().prunedTerms).toThrow('fitted before');
  const given = new CountVectorizer({ vocabulary: ['all'] });
  expect(() => given.prunedTerms).toThrow('Expected the vocabulary to be learnt for pruned terms, it was given');
});

test('what a function gives is refused where it is no text, and what it throws is thrown', async () => {
  const analyzing = (made: unknown) => new CountVectorizer({ analyzer: () => made as string[] }).fit(['a']);
  await expect(analyzing('abc')).rejects.toThrow('Expected `analyzer` to give a list of strings, got one string');
  await expect(analyzing(undefined)).rejects.toThrow('Expected `analyzer` to give a list of strings, got undefined');
  await expect(analyzing([5])).rejects.toThrow('Expected `analyzer` to give well-formed strings, got 5');
  await expect(analyzing(['\uD800'])).rejects.toThrow('got one with half a surrogate pair');
  const preprocessing = (made: unknown) => new CountVectorizer({ preprocessor: () => made as string }).fit(['a']);
  await expect(preprocessing(['a'])).rejects.toThrow(
    "Expected `preprocessor` to give a well-formed string, got [ 'a' ]",
  );
  const stripping = new CountVectorizer({ stripAccents: () => 5 as unknown as string }).fit(['a']);
  await expect(stripping).rejects.toThrow('Expected `stripAccents` to give a well-formed string, got 5');
  const throwing = new HashingVectorizer({
    analyzer: () => {
      throw new Error('of its own');
    },
  });
  await expect(throwing.transform(['a'])).rejects.toThrow('of its own');
});

describe('an option that is not what it should be is named', () => {
  test.each<[string, object, string]>([
    [
      'stripAccents',
      { stripAccents: 'latin' },
      "Expected `stripAccents` to be 'ascii', 'unicode' or a function, got 'latin'",
    ],
    [
      'analyzer',
      { analyzer: 'words' },
      "Expected `analyzer` to be 'word', 'char', 'char_wb' or a function, got 'words'",
    ],
    ['preprocessor', { preprocessor: 'a' }, 'Expected `preprocessor` to be a function, got a'],
    [
      'decodeError',
      { decodeError: 'skip' },
      "Expected `decodeError` to be 'strict', 'replace' or 'ignore', got 'skip'",
    ],
    ['onWarning', { onWarning: true }, 'Expected `onWarning` to be a function, got true'],
    ['dtype', { dtype: 'int64' }, "Expected `dtype` to be 'float64' or 'float32', got 'int64'"],
    ['threads', { analyzer: () => [], threads: 2 }, 'with a function as `analyzer`, which only this thread has, got 2'],
    ['threads', { preprocessor: () => '', threads: 2 }, 'with a function as `preprocessor`'],
    ['threads', { stripAccents: () => '', threads: 2 }, 'with a function as `stripAccents`'],
    ['vocabulary', { vocabulary: 5 }, 'Expected `vocabulary` to be a list of terms, got 5'],
    ['vocabulary', { vocabulary: {} }, 'Expected `vocabulary` to have terms, got none'],
    ['vocabulary', { vocabulary: new Set(['\uD800']) }, 'Expected `vocabulary` to hold well-formed strings'],
    ['vocabulary', { vocabulary: { a: 1 } }, "to have each column from 0 to 0 once, got 1 for 'a'"],
  ])('%s: %o', (_, options, message) => {
    expect(() => new TfidfVectorizer(options as TfidfOptions)).toThrow(message);
  });

  test('an option of another vectorizer', () => {
    const refusal = (open: () => unknown) => (message: string) => expect(open).toThrow(message);
    refusal(() => new CountVectorizer({ useIdf: true } as CountOptions))(
      'Expected an option of CountVectorizer, got `useIdf`',
    );
    refusal(() => new HashingVectorizer({ vocabulary: ['a'] } as HashingOptions))(
      'Expected an option of HashingVectorizer, got `vocabulary`',
    );
    refusal(() => new TfidfVectorizer({ nFeatures: 8 } as TfidfOptions))(
      'Expected an option of TfidfVectorizer, got `nFeatures`',
    );
    refusal(() => new CountVectorizer({ dtype: 'int64' } as unknown as CountOptions))(
      "Expected `dtype` to be 'uint32', 'float64' or 'float32', got 'int64'",
    );
    refusal(() => new HashingVectorizer({ alternateSign: 1 } as unknown as HashingOptions))(
      'Expected `alternateSign` to be true or false, got 1',
    );
  });
});

test('a warning goes to the process where nobody takes it', async () => {
  const warned = once(process, 'warning') as Promise<[Error & { code: string }]>;
  expect(new TfidfVectorizer({ vocabulary: ['Capital'] }).getFeatureNamesOut()).toEqual(['Capital']);
  const [{ name, code, message }] = await warned;
  expect([name, code]).toEqual(['VectorizerWarning', 'capitals-in-vocabulary']);
  expect(message).toContain("as in 'Capital'");
});

test('options that an analyzer has no use for are mistakes of type', () => {
  const quiet = { onWarning: () => {} };
  const analyzer = (tokens: readonly string[]) => tokens;
  const open: (() => unknown)[] = [
    // @ts-expect-error characters have no stop words
    () => new TfidfVectorizer({ ...quiet, analyzer: 'char', stopWords: ['a'] }),
    // @ts-expect-error characters have no pattern
    () => new CountVectorizer({ ...quiet, analyzer: 'char_wb', tokenPattern: /a/u }),
    // @ts-expect-error a function has no tokenizer beside it
    () => new HashingVectorizer({ ...quiet, analyzer, tokenizer: (text: string) => [text] }),
    // @ts-expect-error a function makes its own n-grams
    () => new CountVectorizer({ ...quiet, analyzer, ngramRange: [1, 2] }),
    // @ts-expect-error counts have no idf
    () => expect(() => new CountVectorizer({ useIdf: true })).toThrow('Expected an option'),
    // @ts-expect-error documents are what the function takes
    () => new CountVectorizer({ analyzer }).fit(['text']).catch(() => {}),
    // @ts-expect-error a record is no text
    () => new CountVectorizer({ preprocessor: ({ title }: { title: string }) => title }).fit(['a']).catch(() => {}),
  ];
  for (const one of open) expect(one).not.toThrow();
});
