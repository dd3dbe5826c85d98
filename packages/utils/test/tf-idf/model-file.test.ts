import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';
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
    ['a pattern', { tokenPattern: /(\p{L})\p{L}*/gv, lowercase: false, stopWords: 'english' }],
  ])('%s', async (name, options) => {
    const vectorizer = new TfidfVectorizer(options);
    await vectorizer.fit(TEXTS);
    await vectorizer.save(path(name));
    const loaded = await TfidfVectorizer.load(path(name), { threads: 1 });
    expect(loaded.getFeatureNamesOut()).toEqual(vectorizer.getFeatureNamesOut());
    expect(contentOf(await loaded.transform(TEXTS))).toEqual(contentOf(await vectorizer.transform(TEXTS)));
    if (options.useIdf !== false) expect(loaded.idf).toEqual(vectorizer.idf);
    const [again, first] = [await loaded.fitTransform(TEXTS), await vectorizer.fitTransform(TEXTS)];
    expect(contentOf(again)).toEqual(contentOf(first)); // the options came along
  });
});

test('a tokenizer has to be given again', async () => {
  const tokenizer = (text: string): string[] => text.split(' ');
  const vectorizer = await new TfidfVectorizer({ tokenizer }).fit(TEXTS);
  await vectorizer.save(path('tokenizer'));
  await expect(TfidfVectorizer.load(path('tokenizer'))).rejects.toThrow(
    /^Expected the `tokenizer` that '.*' was fitted/,
  );
  const loaded = await TfidfVectorizer.load(path('tokenizer'), { tokenizer });
  expect(contentOf(await loaded.transform(TEXTS))).toEqual(contentOf(await vectorizer.transform(TEXTS)));
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
