import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findFiles, PathError } from '../../../src/tf-idf/files/find-files.ts';
import type { WalkOptions } from '../../../src/tf-idf/files/ignore-rules.ts';
import { Places } from '../../../src/tf-idf/files/places.ts';
import { readDocuments, textOf } from '../../../src/tf-idf/files/read-documents.ts';
import type { Unit } from '../../../src/tf-idf/files/read-documents.ts';
import { folderOf } from './support.ts';

async function read(paths: readonly string[], unit: Unit) {
  const state = { places: new Places(), counts: { files: 0, binary: 0, unreadable: 0, badRecords: 0 } };
  const files = paths.map((path) => ({ path, name: path }));
  const documents = await Array.fromAsync(readDocuments(files, unit, state));
  const places = documents.map((_, document) => state.places.at(document));
  return { texts: documents.map(({ text }) => text), places, counts: state.counts };
}

describe('files', () => {
  const found = async (folder: string, paths: readonly string[], options: WalkOptions = {}) => {
    const files = await findFiles(
      paths.map((path) => join(folder, path)),
      options,
    );
    return files.map(({ path }) => relative(folder, path).replaceAll('\\', '/'));
  };

  test('a folder is all that is in it, a pattern what it matches, each file once and in order', async () => {
    const folder = folderOf({ 'b.md': '', 'a/2.md': '', 'a/1.txt': '' });
    expect(await found(folder, ['.'])).toEqual(['a/1.txt', 'a/2.md', 'b.md']);
    expect(await found(folder, ['**/*.md'])).toEqual(['a/2.md', 'b.md']);
    expect(await found(folder, ['b.md', 'a', 'b.md'])).toEqual(['b.md', 'a/1.txt', 'a/2.md']);
    await expect(found(folder, ['*.rs'])).rejects.toThrow(new PathError(join(folder, '*.rs')));
    await expect(found(folder, ['missing'])).rejects.toThrow('missing');
  });

  test('the name of a file is its path below what was given', async () => {
    const folder = folderOf({ 'a/b/c.md': '' });
    const names = async (path: string) => (await findFiles([join(folder, path)])).map(({ name }) => name);
    expect(await names('.')).toEqual(['a/b/c.md']);
    expect(await names('a')).toEqual(['b/c.md']);
    expect(await names('a/b/c.md')).toEqual(['c.md']);
    expect(await names('a/**/*.md')).toEqual(['b/c.md']);
  });

  const tree = {
    '.gitignore': '*.log\n/build\n!keep.log\n',
    'a.txt': '',
    'b.log': '',
    'keep.log': '',
    'build/x.txt': '',
    'sub/.gitignore': 'c.*\n!b.log\n',
    'sub/b.log': '',
    'sub/build/x.txt': '',
    'sub/c.txt': '',
    '.env': '',
    '.git/config': '',
    'node_modules/m/index.js': '',
  };

  test('hidden files, .git, node_modules and what .gitignore files name are passed over', async () => {
    expect(await found(folderOf(tree), ['.'])).toEqual(['a.txt', 'keep.log', 'sub/b.log', 'sub/build/x.txt']);
  });

  test('in a folder within a repository the .gitignore files around it hold', async () => {
    expect(await found(folderOf({ ...tree, 'sub/d.log': '' }), ['sub'])).toEqual(['sub/b.log', 'sub/build/x.txt']);
    const { '.git/config': _, ...without } = { ...tree, 'sub/d.log': '' };
    expect(await found(folderOf(without), ['sub'])).toEqual(['sub/b.log', 'sub/build/x.txt', 'sub/d.log']);
  });

  test('--hidden, --no-ignore and --exclude change that, and a file that is named itself is always read', async () => {
    const folder = folderOf(tree);
    expect(await found(folder, ['.'], { hidden: true })).toEqual([
      '.env',
      '.gitignore',
      'a.txt',
      'keep.log',
      'sub/.gitignore',
      'sub/b.log',
      'sub/build/x.txt',
    ]);
    const all = await found(folder, ['.'], { hidden: true, noIgnore: true });
    expect(all).toHaveLength(Object.keys(tree).length);
    expect(await found(folder, ['.'], { exclude: ['build', 'a.*'] })).toEqual(['keep.log', 'sub/b.log']);
    expect(await found(folder, ['b.log', '.env'])).toEqual(['b.log', '.env']);
    expect(await found(folder, ['**/*.{log,js}'])).toEqual(['keep.log', 'sub/b.log']);
  });

  test.skipIf(process.platform === 'win32')('links to files are followed, links to folders are not', async () => {
    const folder = folderOf({ 'real/a.txt': '' });
    symlinkSync('real/a.txt', join(folder, 'link.txt'));
    symlinkSync('.', join(folder, 'loop'));
    symlinkSync('nowhere', join(folder, 'broken'));
    expect(await found(folder, ['.'])).toEqual(['link.txt', 'real/a.txt']);
  });
});

test('binary files and files that cannot be read are passed over and counted, for every unit', async () => {
  const folder = folderOf({
    'a.txt': 'one word',
    'b.bin': new Uint8Array([65, 0, 66]),
    'c.txt': 'gone',
    'd.txt': '\uFEFFmark',
    'e.gz': gzipSync('cut short within').subarray(0, 15),
    'f.gz': gzipSync(new Uint8Array([65, 0, 66])),
  });
  const paths = ['a.txt', 'b.bin', 'c.txt', 'd.txt', 'e.gz', 'f.gz'].map((name) => join(folder, name));
  rmSync(join(folder, 'c.txt'));
  for (const kind of ['file', 'line'] as const) {
    const { texts, places, counts } = await read(paths, { kind });
    expect(texts).toEqual(['one word', 'mark']);
    expect(places.map(({ file }) => relative(folder, file))).toEqual(['a.txt', 'd.txt']);
    expect(counts).toEqual({ files: 2, binary: 2, unreadable: 2, badRecords: 0 });
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

const utf16le = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const long = 'x'.repeat(300_000); // over the edge of a chunk

const FORMS: readonly (readonly [string, (text: string) => Uint8Array, string])[] = [
  ['UTF-8', (text) => Buffer.from(text), ''],
  ['gzip', (text) => gzipSync(text), '.gz'],
  ['zstd', (text) => zstdCompressSync(text), '.zst'],
  ['UTF-16', utf16le, ''],
  ['UTF-16, big-endian', utf16be, ''],
  ['UTF-16 in gzip', (text) => gzipSync(utf16le(text)), '.gz'],
];

describe.each(FORMS)('in %s every document is found again by its place', (_, bytesOf, ending) => {
  test.each<[string, string, Unit, string[], number[]]>([
    ['text.txt', 'one\r\ntwo', { kind: 'file' }, ['one\r\ntwo'], [1]],
    [
      'lines.txt',
      `one\r\n\n  \nGrüße 日本\n${long}\nlast`,
      { kind: 'line' },
      ['one', 'Grüße 日本', long, 'last'],
      [1, 4, 5, 6],
    ],
    [
      'records.jsonl',
      `{"text":"Grüße","n":1}\n\n{"n":2}\n{"text":"two\\nlines"}\n{"text":3}`,
      { kind: 'field', field: 'text' },
      ['Grüße', 'two\nlines', '3'],
      [1, 4, 5],
    ],
    [
      'table.csv',
      `id,"te\nxt"\n1,Grüße\n2,"two\nlines, ""quoted"""\n3,last\n`,
      { kind: 'field', field: 'te\nxt' },
      ['Grüße', 'two\nlines, "quoted"', 'last'],
      [3, 4, 6],
    ],
    [
      'semicolons.csv',
      `a;b,c;d\n1;one, two;x\n2;three;y`,
      { kind: 'field', field: 'b,c' },
      ['one, two', 'three'],
      [2, 3],
    ],
    ['table.tsv', `a\tb\n1\tone\n2\ttwo`, { kind: 'field', field: 'b' }, ['one', 'two'], [2, 3]],
  ])('%s', async (name, content, unit, expected, lines) => {
    const file = join(folderOf({ [name + ending]: bytesOf(content) }), name + ending);
    const { texts, places } = await read([file], unit);
    expect(texts).toEqual(expected);
    expect(places.map(({ line }) => line)).toEqual(lines);
    expect(await Promise.all(places.map((place) => textOf(place, unit)))).toEqual(expected);
  });
});

describe('records that are none are passed over and counted', () => {
  test.each([
    ['a.jsonl', '{"text":"a"}\n[1]\nnonsense\n{"text":{"b":1}}\n{"text":"c"}\n', ['a', 'c'], 3],
    ['a.csv', 'id,text\n1\n2,b\n3,c,d\n4,e\n', ['b', 'e'], 2],
    ['a.csv', 'id,text\n1,a 2" pipe\n2,b\n', ['a 2" pipe', 'b'], 0],
    ['a.csv', 'id,text\n1,a\n2,"never closed\n3,c\n4,d\n', ['a', 'c', 'd'], 1],
  ])('%s %j', async (name, content, expected, bad) => {
    const file = join(folderOf({ [name]: content }), name);
    const unit = { kind: 'field', field: 'text' } as const;
    const { texts, places, counts } = await read([file], unit);
    expect(texts).toEqual(expected);
    expect(counts.badRecords).toBe(bad);
    expect(await Promise.all(places.map((place) => textOf(place, unit)))).toEqual(expected);
  });
});

test('a field that no record has is a mistake, and the fields that there are are named', async () => {
  const folder = folderOf({ 'a.jsonl': '{"body":"a"}\n{"id":1}\n', 'b.csv': 'id,note\n1,b\n', 'empty.csv': '' });
  const paths = ['a.jsonl', 'b.csv'].map((name) => join(folder, name));
  await expect(read(paths, { kind: 'field', field: 'text' })).rejects.toMatchObject({
    name: 'RecordError',
    message: "Expected --field to be the name of a field, got 'text'; there are: 'body', 'id', 'note'",
  });
  expect((await read(paths, { kind: 'field', field: 'note' })).texts).toEqual(['b']);
  expect((await read([join(folder, 'empty.csv')], { kind: 'field', field: 'text' })).texts).toEqual([]);
});
