import { describe, expect, test } from 'vitest';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';
import type { Documents, TfidfOptions } from '../../src/tf-idf/index.ts';
import { readData } from './support.ts';

/** The message here for each of scikit-learn's refusals. */
const MEANING: Readonly<Record<string, RegExp>> = {
  deverr01_empty_vocabulary: /^Expected the documents to hold terms, got none: perhaps they hold stop words alone$/,
  deverr02_df_bounds: /^Expected `maxDf` to be at least as many documents as `minDf`, got 2 and 3$/,
  deverr03_pruned_all: /^Expected terms to remain between `minDf` and `maxDf`, got none/,
};

interface Refusal {
  readonly name: string;
  readonly options: { min_df?: { count: number }; max_df?: { count: number } };
  readonly docs: readonly string[];
}

test.each(readData('errors.json') as Refusal[])('$name is refused as scikit-learn refuses it', async (refusal) => {
  const { min_df: least, max_df: most } = refusal.options;
  const options = { ...(least && { minDf: least.count }), ...(most && { maxDf: most.count }) };
  for (const threads of [1, 2]) {
    await using vectorizer = new TfidfVectorizer({ ...options, threads });
    await expect(vectorizer.fit(refusal.docs)).rejects.toThrow(MEANING[refusal.name]!);
  }
});

describe('an option that is not what it should be is named, with what was expected and what it was', () => {
  test.each<[object, string]>([
    [
      { ngramRange: [2, 1] },
      'Expected `ngramRange` to be [least, most], integers from 1 up with least <= most, got [2,1]',
    ],
    [
      { ngramRange: [0, 1] },
      'Expected `ngramRange` to be [least, most], integers from 1 up with least <= most, got [0,1]',
    ],
    [{ ngramRange: 2 }, 'Expected `ngramRange` to be [least, most], integers from 1 up with least <= most, got 2'],
    [{ tokenPattern: /(a)(b)/u }, 'Expected `tokenPattern` to have one capturing group at most, got 2 in /(a)(b)/u'],
    [{ tokenPattern: /\w+/ }, 'Expected `tokenPattern` to have the flag u or v, got /\\w+/'],
    [{ tokenPattern: /a/uy }, 'Expected `tokenPattern` not to be sticky, got /a/uy'],
    [{ tokenPattern: 'a' }, 'Expected `tokenPattern` to be a regular expression, got a'],
    [{ tokenizer: 'a' }, 'Expected `tokenizer` to be a function, got a'],
    [{ tokenizer: () => [], tokenPattern: /a/u }, 'Expected `tokenizer` or `tokenPattern`, got both'],
    [
      { tokenizer: () => [], threads: 2 },
      'Expected `threads` to be 1 with a function as `tokenizer`, which only this thread has, got 2',
    ],
    [{ stopWords: 'german' }, "Expected `stopWords` to be 'english' or a list of words, got 'german'"],
    [{ stopWords: ['\uD800'] }, 'Expected `stopWords` to hold well-formed strings'],
    [{ minDf: 0.5 }, 'Expected `minDf` to be a number of documents from 1 up, or { fraction } from 0 to 1, got 0.5'],
    [{ minDf: 0 }, 'Expected `minDf` to be a number of documents from 1 up, or { fraction } from 0 to 1, got 0'],
    [
      { maxDf: { fraction: 1.5 } },
      'Expected `maxDf` to be a number of documents from 1 up, or { fraction } from 0 to 1, got {"fraction":1.5}',
    ],
    [{ maxFeatures: 0 }, 'Expected `maxFeatures` to be an integer from 1 up, got 0'],
    [{ vocabulary: [] }, 'Expected `vocabulary` to have terms, got none'],
    [{ vocabulary: ['a', 'a'] }, "Expected `vocabulary` to have each term once, got 'a' twice"],
    [{ vocabulary: 'abc' }, 'Expected `vocabulary` to be a list of terms, got one string'],
    [{ vocabulary: new Map([['a', 1]]) }, "Expected `vocabulary` to have each column from 0 to 0 once, got 1 for 'a'"],
    [{ norm: 'l3' }, "Expected `norm` to be 'l1', 'l2' or null, got 'l3'"],
    [{ binary: 1 }, 'Expected `binary` to be true or false, got 1'],
    [{ threads: 0 }, "Expected `threads` to be 'auto' or an integer from 1 up, got 0"],
    [{ threads: 1.5 }, "Expected `threads` to be 'auto' or an integer from 1 up, got 1.5"],
    [{ minDF: 2 }, 'Expected an option of TfidfVectorizer, got `minDF`'],
  ])('%o', (options, message) => {
    expect(() => new TfidfVectorizer(options as TfidfOptions)).toThrow(message);
  });
});

describe('documents that are no list of well-formed text are refused, by their number', () => {
  test.each<[string, unknown, string]>([
    ['one string', 'abc', 'Expected `documents` to be a list of strings, got one string'],
    ['nothing', undefined, 'Expected `documents` to be a list of strings, got undefined'],
    ['a number among them', ['ab', 5], 'Expected document 1 to be a string, got number'],
    [
      'half a surrogate pair',
      ['ab', 'cd', 'x\uD83D'],
      'Expected document 2 to be well-formed, got half a surrogate pair',
    ],
    [
      'bytes that are not UTF-8',
      { bytes: Uint8Array.of(0x61, 0x62, 0xc3), offsets: [0, 2, 3] },
      'Expected document 1 to be UTF-8, got other bytes in it',
    ],
    [
      'a character cut in two',
      { bytes: Buffer.from('abé'), offsets: [0, 3, 4] },
      'Expected document 0 to be UTF-8, got other bytes in it',
    ],
    [
      'offsets beyond the bytes',
      { bytes: Buffer.from('ab'), offsets: [0, 3] },
      'Expected `offsets` to ascend within 2 bytes, got 0 and 3 for document 0',
    ],
    [
      'offsets that go back',
      { bytes: Buffer.from('ab cd'), offsets: [0, 3, 2] },
      'Expected `offsets` to ascend within 5 bytes, got 3 and 2 for document 1',
    ],
  ])('%s', async (_, documents, message) => {
    for (const threads of ['auto', 1, 2] as const) {
      await using vectorizer = new TfidfVectorizer({ threads });
      await expect(vectorizer.fit(documents as Documents)).rejects.toThrow(message);
    }
  });
});

test('methods that need a fitted vectorizer throw before it is fitted, and idf without useIdf', async () => {
  const vectorizer = new TfidfVectorizer({ useIdf: false });
  await expect(vectorizer.transform(['ab'])).rejects.toThrow('Expected the vectorizer to be fitted before, it is not');
  expect(() => vectorizer.getFeatureNamesOut()).toThrow('fitted before');
  await vectorizer.fit(['ab']);
  expect(() => vectorizer.idf).toThrow('Expected `useIdf` to be true for an idf, got false');
  expect(() => vectorizer.featureName(1)).toThrow('Expected `column` to be an integer from 0 to 0, got 1');
});

test('a tokenizer that gives something else than well-formed strings is refused', async () => {
  const giving = (token: unknown) => new TfidfVectorizer({ tokenizer: () => [token as string] }).fit(['a']);
  await expect(giving(5)).rejects.toThrow('Expected `tokenizer` to give well-formed strings, got 5');
  await expect(giving('\uD800')).rejects.toThrow('got one with half a surrogate pair');
});
