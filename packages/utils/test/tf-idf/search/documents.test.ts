import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFiles } from '../../../src/tf-idf/files/find-files.ts';
import { Places } from '../../../src/tf-idf/files/places.ts';
import { readDocuments, textOf } from '../../../src/tf-idf/files/read-documents.ts';
import type { Unit } from '../../../src/tf-idf/files/read-documents.ts';
import { folderOf } from './support.ts';

async function read(files: readonly string[], unit: Unit) {
  const record = { places: new Places(), counts: { files: 0, binary: 0, unreadable: 0 } };
  const texts = await Array.fromAsync(readDocuments(files, unit, record));
  const places = texts.map((_, document) => record.places.at(document));
  return { texts, places, counts: record.counts };
}

describe('files', () => {
  test('a folder is all that is in it, a pattern what it matches, each file once and in order', async () => {
    const folder = folderOf({ 'b.md': '', 'a/2.md': '', 'a/1.txt': '', 'a/.hidden': '' });
    const found = async (...paths: string[]) =>
      (await findFiles(paths.map((path) => join(folder, path)))).map((file) =>
        relative(folder, file).replaceAll('\\', '/'),
      );
    expect(await found('.')).toEqual(['a/.hidden', 'a/1.txt', 'a/2.md', 'b.md']);
    expect(await found('**/*.md')).toEqual(['a/2.md', 'b.md']);
    expect(await found('b.md', 'a', 'b.md')).toEqual(['b.md', 'a/.hidden', 'a/1.txt', 'a/2.md']);
    await expect(found('*.rs')).rejects.toThrow('*.rs');
    await expect(found('missing')).rejects.toThrow('missing');
  });

  test.skipIf(process.platform === 'win32')('links to files are followed, links to folders are not', async () => {
    const folder = folderOf({ 'real/a.txt': '' });
    symlinkSync('real/a.txt', join(folder, 'link.txt'));
    symlinkSync('.', join(folder, 'loop'));
    symlinkSync('nowhere', join(folder, 'broken'));
    expect(await findFiles([folder])).toEqual([join(folder, 'link.txt'), join(folder, 'real/a.txt')]);
  });
});

test('binary files and files that cannot be read are passed over and counted, for every unit', async () => {
  const folder = folderOf({
    'a.txt': 'one word',
    'b.bin': new Uint8Array([65, 0, 66]),
    'c.txt': 'gone',
    'd.txt': '\uFEFFmark',
  });
  const files = await findFiles([folder]);
  rmSync(join(folder, 'c.txt'));
  for (const kind of ['file', 'line'] as const) {
    const { texts, places, counts } = await read(files, { kind });
    expect(texts).toEqual(['one word', 'mark']);
    expect(places.map(({ file }) => relative(folder, file))).toEqual(['a.txt', 'd.txt']);
    expect(counts).toEqual({ files: 2, binary: 1, unreadable: 1 });
  }
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a file without permission is unreadable',
  async () => {
    const folder = folderOf({ 'a.txt': 'one' });
    chmodSync(join(folder, 'a.txt'), 0);
    expect((await read([join(folder, 'a.txt')], { kind: 'file' })).counts.unreadable).toBe(1);
  },
);

describe('every document is found again by its place', () => {
  const long = 'x'.repeat(300_000); // over the edge of a chunk
  test.each<[string, string, Unit, string[], number[]]>([
    ['text.txt', 'one\r\ntwo', { kind: 'file' }, ['one\r\ntwo'], [1]],
    [
      'lines.txt',
      `\uFEFFone\r\n\n  \nGrüße 日本\n${long}\nlast`,
      { kind: 'line' },
      ['one', 'Grüße 日本', long, 'last'],
      [1, 4, 5, 6],
    ],
    [
      'records.jsonl',
      `{"text":"Grüße","n":1}\n\n{"n":2}\n{"text":"two\\nlines"}`,
      { kind: 'field', field: 'text' },
      ['Grüße', '', 'two\nlines'],
      [1, 3, 4],
    ],
    [
      'table.csv',
      `\uFEFFid,"te\nxt"\n1,Grüße\n2,"two\nlines, ""quoted"""\n3,last\n`,
      { kind: 'field', field: 'te\nxt' },
      ['Grüße', 'two\nlines, "quoted"', 'last'],
      [3, 4, 6],
    ],
    ['table.tsv', `a\tb\n1\tone\n2\ttwo`, { kind: 'field', field: 'b' }, ['one', 'two'], [2, 3]],
  ])('%s', async (name, content, unit, expected, lines) => {
    const file = join(folderOf({ [name]: content }), name);
    const { texts, places } = await read([file], unit);
    expect(texts).toEqual(expected);
    expect(places.map(({ line }) => line)).toEqual(lines);
    expect(await Promise.all(places.map((place) => textOf(place, unit)))).toEqual(expected);
  });
});

describe('a file in a wrong form is one line', () => {
  test.each([
    ['a.jsonl', '{"text":"a"}\n[1]\n', "Expected line 2 of 'FILE' to be a JSON object, it is not"],
    ['a.jsonl', '{"text":1}\n', "Expected field 'text' of line 1 of 'FILE' to be text, got 1"],
    ['a.csv', 'id,note\n1,b\n', "Expected 'FILE' to have a column 'text', there are: 'id', 'note'"],
    ['a.csv', 'id,text\n1\n', "Expected 'FILE' to be CSV, got this: Invalid Record Length: expect 2, got 1 on line 2"],
  ])('%s %j', async (name, content, message) => {
    const file = join(folderOf({ [name]: content }), name);
    const reading = read([file], { kind: 'field', field: 'text' });
    await expect(reading).rejects.toMatchObject({ message: message.replace('FILE', file) });
  });
});
