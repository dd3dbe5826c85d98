import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { Places } from '../../../src/tf-idf/files/places.ts';
import type { Unit } from '../../../src/tf-idf/files/read-documents.ts';
import { openIndex } from '../../../src/tf-idf/search/file/read-index.ts';
import { writeIndex } from '../../../src/tf-idf/search/file/write-index.ts';
import { memorySource } from '../../../src/tf-idf/search/index/source.ts';
import { imageOf } from '../../../src/tf-idf/search/image-of.ts';
import { SearchIndex } from '../../../src/tf-idf/search/search-index.ts';
import { folderOf } from './support.ts';

const TEXTS = ['race mutex', 'mutex 𐐀𐐁 Σίσυφος', 'thread'];
const UNIT: Unit = { kind: 'field', field: 'te\nxt' };

function placesOf(count: number): Places {
  const places = new Places();
  for (let n = 0; n < count; n++) {
    const stamp = { size: n, modified: 1_700_000_000_000.5 + n };
    places.add({ file: `folder/é${n >> 1}.txt`, line: n + 1, start: 10 * n, end: 2 ** 40 + n, stamp });
  }
  return places;
}

async function write(file: string, texts: readonly string[]): Promise<void> {
  await writeIndex(file, await imageOf(texts), placesOf(texts.length), UNIT);
}

function open(file: string) {
  const opened = openIndex(file);
  onTestFinished(() => opened[Symbol.dispose]());
  return opened;
}

test('an index that was written is read as it was', async () => {
  const file = join(folderOf({}), 'index');
  await write(file, TEXTS);
  await write(file, TEXTS); // over the older one
  const { places, unit } = open(file);
  expect(unit).toEqual(UNIT);
  expect(TEXTS.map((_, n) => places.at(n))).toEqual(TEXTS.map((_, n) => placesOf(TEXTS.length).at(n)));
});

test('an index on disk answers as the same index in memory, for any documents and query', async () => {
  const folder = folderOf({});
  const word = fc.oneof(
    fc.constantFrom('mutex', 'Race', 'fitTransform', 'café', 'c++', '東京', 'threads', 'thread'),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  );
  const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(' ').toWellFormed());
  const query = fc.oneof(
    text,
    text.map((words) => `"${words}" mut*`),
    fc.constant('mutx'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 30 }), query, fc.boolean(), async (texts, asked, exact) => {
      const file = join(folder, 'index');
      const image = await imageOf(texts);
      await writeIndex(file, image, placesOf(texts.length), UNIT);
      using opened = openIndex(file);
      for (const rank of ['bm25', 'cosine'] as const) {
        const options = { limit: 50, rank, exact };
        expect(new SearchIndex(opened.source).search(asked, options)).toEqual(
          new SearchIndex(memorySource(image)).search(asked, options),
        );
      }
    }),
    { numRuns: 60 },
  );
});

/** Many pages of terms and many blocks. */
const LARGE = Array.from({ length: 3_000 }, (_, n) => `common word${n} word${n * 7} other${n % 50}`);

test('every one of thousands of terms is found in the file', async () => {
  const file = join(folderOf({}), 'index');
  await write(file, LARGE);
  const index = new SearchIndex(open(file).source);
  for (let n = 0; n < LARGE.length; n += 37) {
    const expected = LARGE.filter((text) => text.split(' ').includes(`word${n}`)).length;
    expect(index.search(`word${n}`).found).toBe(expected);
  }
  expect(index.search('word*', { limit: 1 }).found).toBeGreaterThan(0);
});

test('a query reads a small part of the file', async () => {
  const file = join(folderOf({}), 'index');
  await write(file, LARGE);
  const { source } = open(file);
  let read = 0;
  const counting = {
    ...source,
    read(part: Parameters<typeof source.read>[0], start: number, end: number) {
      if (part !== 'lengths') read += end - start;
      return source.read(part, start, end);
    },
  };
  expect(new SearchIndex(counting).search('word1234').found).toBeGreaterThan(0);
  expect(read).toBeLessThan(readFileSync(file).length / 20);
});

test('a file that is something else, cut short, damaged or of another version is one clear line', async () => {
  const file = join(folderOf({}), 'index');
  await write(file, LARGE);
  const whole = readFileSync(file);
  const reading = (bytes: Uint8Array): string => {
    writeFileSync(file, bytes);
    try {
      using opened = openIndex(file);
      new SearchIndex(opened.source).search('common word7', { rank: 'cosine' });
      new SearchIndex(opened.source).search('"common word7" word77*');
      for (let n = 0; n < LARGE.length; n++) opened.places.at(n);
      return 'read';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(reading(whole)).toBe('read');
  const nothing = [Buffer.from(''), Buffer.from('something\n'), whole.subarray(0, 20), Buffer.from('{"magic":"x"}\n')];
  for (const bytes of nothing) expect(reading(bytes)).toBe(`Expected '${file}' to be a search index, it is not`);
  expect(reading(whole.subarray(0, -9))).toBe(
    `Expected '${file}' to be ${whole.length} bytes long, got ${whole.length - 9}: it is not whole`,
  );
  const older = Buffer.from(whole.toString('latin1').replace('"version":2', '"version":1'), 'latin1');
  expect(reading(older)).toBe(
    `Expected '${file}' to be an index of version 2, got version 1: make it again with index`,
  );
  const end = whole.indexOf('\n') + 1;
  for (const at of [60, end - 20, end - 3, end, Math.floor((end + whole.length) / 2), whole.length - 1]) {
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 1;
    expect(reading(damaged)).toBe(`Expected '${file}' to have the checksums that it was written with: it is damaged`);
  }
});

test('where it cannot be written, nothing is left behind and an older file stays', async () => {
  const file = join(folderOf({}), 'index');
  await write(file, TEXTS);
  const before = readFileSync(file);
  const folder = join(file, '..', 'folder');
  mkdirSync(join(folder, 'full'), { recursive: true });
  await expect(write(join(file, 'below'), TEXTS)).rejects.toThrow(); // a file is no folder
  await expect(write(folder, TEXTS)).rejects.toThrow(); // written, but it cannot take that name
  expect(readFileSync(file)).toEqual(before);
  expect(readdirSync(join(file, '..')).toSorted()).toEqual(['folder', 'index']);
});
