import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { CountVectorizer, TfidfVectorizer } from '../../src/tf-idf/index.ts';
import type { TfidfOptions } from '../../src/tf-idf/index.ts';
import { contentOf } from './support.ts';

const folder = mkdtempSync(join(realpathSync(os.tmpdir()), 'cookbook-tf-idf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXTS = ['The cat sat on the mat', 'the dog, the Cat', 'Größe 世界 𐐀𐐀 größe'];
const path = (name: string): string => join(folder, name);

describe('a saved vectorizer does what the one that was saved does', () => {
  test.each<[string, TfidfOptions]>([
    ['defaults', {}],
    ['n-grams', { ngramRange: [1, 3], minDf: { fraction: 0 }, maxFeatures: 9 }],
    ['a given vocabulary', { vocabulary: ['the', 'dog', 'cat sat'], ngramRange: [1, 2] }],
    ['no idf', { useIdf: false, norm: 'l1', binary: true, sublinearTf: true }],
    ['characters', { analyzer: 'char', ngramRange: [2, 3], decodeError: 'replace', minDf: 2 }],
    ['characters of words', { analyzer: 'char_wb', stripAccents: 'ascii' }],
    ['accents', { stripAccents: 'unicode', vocabulary: new Set(['grosse', 'cat', 'Größe']) }],
    ['a pattern', { tokenPattern: /(\p{L})\p{L}*/gv, lowercase: false, stopWords: 'english' }],
  ])('%s', async (name, options) => {
    const codes: string[] = [];
    const onWarning = ({ code }: { code: string }): unknown => codes.push(code);
    const vectorizer = new TfidfVectorizer({ ...options, onWarning });
    await vectorizer.fit(TEXTS);
    await vectorizer.save(path(name));
    const warned = codes.splice(0);
    const loaded = await TfidfVectorizer.load(path(name), { threads: 1, onWarning });
    expect(codes).toEqual(warned);
    expect(loaded.getFeatureNamesOut()).toEqual(vectorizer.getFeatureNamesOut());
    expect(contentOf(await loaded.transform(TEXTS))).toEqual(contentOf(await vectorizer.transform(TEXTS)));
    if (options.useIdf !== false) expect(loaded.idf).toEqual(vectorizer.idf);
    const [again, first] = [await loaded.fitTransform(TEXTS), await vectorizer.fitTransform(TEXTS)];
    expect(contentOf(again)).toEqual(contentOf(first)); // the options came along
  });
});

describe('functions have to be given again, those that there were and no others', () => {
  const functions = {
    tokenizer: (text: string): string[] => text.split(' '),
    preprocessor: (text: string): string => text.toUpperCase(),
    stripAccents: (text: string): string => text.replaceAll('ö', 'o'),
    analyzer: (text: string): string[] => text.split('a'),
  };
  test.each(Object.keys(functions) as (keyof typeof functions)[])('%s', async (name) => {
    const options = { [name]: functions[name] } as Pick<typeof functions, 'preprocessor'>;
    const vectorizer = await new TfidfVectorizer(options).fit(TEXTS);
    await vectorizer.save(path(name));
    await expect(TfidfVectorizer.load(path(name))).rejects.toThrow(`Expected the \`${name}\` that '${path(name)}' was`);
    const loaded = await TfidfVectorizer.load(path(name), options);
    expect(contentOf(await loaded.transform(TEXTS))).toEqual(contentOf(await vectorizer.transform(TEXTS)));
    expect(contentOf(await loaded.fitTransform(TEXTS))).toEqual(contentOf(await vectorizer.fitTransform(TEXTS)));
    await (await new TfidfVectorizer().fit(TEXTS)).save(path('none'));
    await expect(TfidfVectorizer.load(path('none'), options)).rejects.toThrow(
      `Expected no \`${name}\`, since '${path('none')}' was fitted without, got one`,
    );
  });
});

test('counts are saved as counts, and a file of one kind is not loaded as the other', async () => {
  const counts = await new CountVectorizer({ analyzer: 'char', binary: true }).fit(TEXTS);
  await counts.save(path('counts'));
  const loaded = await CountVectorizer.load(path('counts'));
  expect(contentOf(await loaded.transform(TEXTS))).toEqual(contentOf(await counts.transform(TEXTS)));
  const doubles = await CountVectorizer.load(path('counts'), { dtype: 'float64' });
  expect((await doubles.transform(TEXTS)).data).toBeInstanceOf(Float64Array);
  await expect(TfidfVectorizer.load(path('counts'))).rejects.toThrow(
    `Expected '${path('counts')}' to be a saved TfidfVectorizer, got a CountVectorizer`,
  );
  await (await new TfidfVectorizer().fit(TEXTS)).save(path('weights'));
  await expect(CountVectorizer.load(path('weights'))).rejects.toThrow('got a TfidfVectorizer');
});

test('a given vocabulary is saved before fit, an idf from elsewhere with it', async () => {
  const vectorizer = new TfidfVectorizer({ vocabulary: ['cat', 'dog'] });
  vectorizer.idf = [2, 3];
  await vectorizer.save(path('given'));
  const loaded = await TfidfVectorizer.load(path('given'));
  expect([...loaded.idf]).toEqual([2, 3]);
  expect(loaded.getFeatureNamesOut()).toEqual(['cat', 'dog']);
  expect(loaded.columnOf('dog')).toBe(1);
});

test('what was pruned is not in the file', async () => {
  const vectorizer = await new TfidfVectorizer({ minDf: 2 }).fit(TEXTS);
  await vectorizer.save(path('pruned'));
  expect(vectorizer.prunedTerms.minDf.length).toBeGreaterThan(3);
  expect((await TfidfVectorizer.load(path('pruned'))).prunedTerms.minDf).toEqual([]);
});

test('a file of version 1 is read: words, and a tokenizer that is to be given', async () => {
  const old = (name: string): string => fileURLToPath(new URL(`./data/${name}.tfidf`, import.meta.url));
  const options = { ngramRange: [1, 2], stopWords: ['the'], norm: 'l1' } as const;
  const expected = await new TfidfVectorizer(options).fit(TEXTS);
  const loaded = await TfidfVectorizer.load(old('version-1'));
  expect(loaded.getFeatureNamesOut()).toEqual(expected.getFeatureNamesOut());
  expect(contentOf(await loaded.fitTransform(TEXTS))).toEqual(contentOf(await expected.fitTransform(TEXTS)));
  await expect(TfidfVectorizer.load(old('version-1-tokenizer'))).rejects.toThrow('Expected the `tokenizer` that');
  const tokenizer = (text: string): string[] => text.split(' ');
  const split = await TfidfVectorizer.load(old('version-1-tokenizer'), { tokenizer });
  expect((await split.transform(['b a b'])).nnz).toBe(2);
});

describe('a file that is no whole model is refused in one line', () => {
  const saved = async (): Promise<Buffer> => {
    const vectorizer = await new TfidfVectorizer().fit(TEXTS);
    await vectorizer.save(path('whole'));
    return readFileSync(path('whole'));
  };
  const refusal = async (bytes: Uint8Array): Promise<string> => {
    writeFileSync(path('broken'), bytes);
    const error = await TfidfVectorizer.load(path('broken')).then(
      () => new Error('was accepted'),
      (reason: Error) => reason,
    );
    return error.message;
  };

  test('cut short at any byte', async () => {
    const whole = await saved();
    for (let length = 0; length < whole.length; length++) {
      expect(await refusal(whole.subarray(0, length))).toMatch(
        /^Expected .* to be (a saved TF-IDF model|\d+ bytes long)/,
      );
    }
  });

  test('any byte damaged', async () => {
    const whole = await saved();
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 1 << (at % 8);
      const message = await refusal(damaged);
      expect(message).toMatch(
        /^Expected [^\n]*(it is damaged|it is not|it is not whole|of version 1 to 2, got version \d+)$/,
      );
    }
  });

  test('another version, another file, no file', async () => {
    const whole = await saved();
    whole.writeUInt32LE(7, 8);
    expect(await refusal(whole)).toBe(`Expected '${path('broken')}' to be a model of version 1 to 2, got version 7`);
    expect(await refusal(Buffer.from('PK\u0003\u0004 and so on, a zip file'))).toBe(
      `Expected '${path('broken')}' to be a saved TF-IDF model, it is not`,
    );
    await expect(TfidfVectorizer.load(path('missing'))).rejects.toThrow('ENOENT');
  });
});

test('a save that fails leaves the older file, and no other one', async () => {
  const vectorizer = await new TfidfVectorizer().fit(TEXTS);
  const before = readdirSync(folder);
  await expect(vectorizer.save(path('no/such/folder'))).rejects.toThrow('ENOENT');
  await expect(new TfidfVectorizer().save(path('unfitted'))).rejects.toThrow('fitted before');
  expect(readdirSync(folder)).toEqual(before);
});
