import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Places } from '../../../src/tf-idf/files/places.ts';
import { readIndex, writeIndex } from '../../../src/tf-idf/search/index-file.ts';
import type { Collection } from '../../../src/tf-idf/search/index-file.ts';
import { SearchIndex } from '../../../src/tf-idf/search/search-index.ts';
import { folderOf } from './support.ts';

const TEXTS = ['race mutex', 'mutex 𐐀𐐁 Σίσυφος', 'thread'];

async function collectionOf(texts: readonly string[]): Promise<Collection> {
  const places = new Places();
  for (const n of texts.keys())
    places.add({ file: `folder/é${n >> 1}.txt`, line: n + 1, start: 10 * n, end: 2 ** 40 + n });
  return { index: await SearchIndex.of(texts), places, unit: { kind: 'field', field: 'te\nxt' } };
}

async function written(): Promise<string> {
  const file = join(folderOf({}), 'index');
  await writeIndex(file, await collectionOf(TEXTS));
  return file;
}

test('an index that was written is read as it was', async () => {
  const collection = await collectionOf(TEXTS);
  const file = join(folderOf({}), 'index');
  await writeIndex(file, collection);
  await writeIndex(file, collection); // over the older one
  const again = await readIndex(file);
  expect(again.index.parts).toEqual(collection.index.parts);
  expect(again.unit).toEqual(collection.unit);
  expect(TEXTS.map((_, n) => again.places.at(n))).toEqual(TEXTS.map((_, n) => collection.places.at(n)));
  for (const query of ['mutex race', 'σίσυφος 𐐨𐐩']) {
    expect(again.index.search(query, 10)).toEqual(collection.index.search(query, 10));
  }
});

test('a file that is something else, cut short, damaged or of another version is one clear line', async () => {
  const file = await written();
  const whole = readFileSync(file);
  const reading = async (bytes: Uint8Array) => {
    writeFileSync(file, bytes);
    return (await readIndex(file).catch((error: Error) => error.message)) as string;
  };
  for (const bytes of [
    Buffer.from(''),
    Buffer.from('something\n'),
    whole.subarray(0, 20),
    Buffer.from('{"magic":"x"}\n'),
  ]) {
    expect(await reading(bytes)).toBe(`Expected '${file}' to be a search index, it is not`);
  }
  expect(await reading(whole.subarray(0, -9))).toBe(
    `Expected '${file}' to be ${whole.length} bytes long, got ${whole.length - 9}: it is not whole`,
  );
  const newer = Buffer.from(whole.toString('latin1').replace('"version":1', '"version":2'), 'latin1');
  expect(await reading(newer)).toBe(`Expected '${file}' to be an index of version 1, got version 2`);
  const end = whole.indexOf('\n') + 1;
  for (const at of [end, Math.floor((end + whole.length) / 2), whole.length - 1]) {
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 1;
    expect(await reading(damaged)).toBe(
      `Expected '${file}' to have the checksum that it was written with: it is damaged`,
    );
  }
});

test('where it cannot be written, nothing is left behind and an older file stays', async () => {
  const file = await written();
  const before = readFileSync(file);
  const folder = join(file, '..', 'folder');
  mkdirSync(join(folder, 'full'), { recursive: true });
  const collection = await collectionOf(TEXTS);
  await expect(writeIndex(join(file, 'below'), collection)).rejects.toThrow(); // a file is no folder
  await expect(writeIndex(folder, collection)).rejects.toThrow(); // written, but it cannot take that name
  expect(readFileSync(file)).toEqual(before);
  expect(readdirSync(join(file, '..')).toSorted()).toEqual(['folder', 'index']);
});
