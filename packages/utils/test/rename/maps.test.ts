// Lists of names, in the formats and encodings that programs save them in.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from '@cookbook/lab/cleanup';
import { describe, expect, test } from 'vitest';
import { readMap } from '../../src/rename/cli/map-file.ts';
import { applyRename, planRename } from '../../src/rename/run/apply-rename.ts';
import { mapWish, readJsonPairs } from '../../src/rename/wish/map.ts';
import { place, readTree } from './support.ts';

/** The pairs of a file with that name and these bytes. */
function read(name: string, bytes: string | Buffer, format?: string): Promise<(string | undefined)[][]> {
  return withFolder('rename-map', async (folder) => {
    writeFileSync(join(folder, name), bytes);
    return readMap(join(folder, name), format).map(({ from, to }) => [from, to]);
  });
}

const swapped = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

describe('a list of names is read', () => {
  const one = [['a', 'b c']];
  test.each<[what: string, name: string, bytes: string | Buffer, format?: string]>([
    ['as JSON', 'm.json', '{"a":"b c"}'],
    ['as JSON with a mark of UTF-8', 'm.json', '\ufeff{"a":"b c"}'],
    ['as JSON in UTF-16', 'm.json', Buffer.from('\ufeff{"a":"b c"}', 'utf16le')],
    ['as JSON in UTF-16 of the other order', 'm.json', swapped('[["a","b c"]]')],
    ['as CSV', 'm.csv', 'a,b c\n'],
    ['as CSV with a head, quotes and ends of lines of Windows', 'm.CSV', '\ufeffOld,New\r\n"a","b c"\r\n\r\n'],
    ['as CSV with semicolons', 'm.csv', 'old;new\na;b c\n'],
    ['as TSV', 'm.tsv', 'a\tb c\n'],
    ['as TSV of a spreadsheet, in UTF-16', 'm.txt', Buffer.from('\ufeffa\tb c\r\n', 'utf16le'), 'tsv'],
  ])('%s', async (_, name, bytes, format) => expect(await read(name, bytes, format)).toEqual(one));

  test('with commas and quotes in names, and bytes that are not UTF-8', async () => {
    expect(await read('m.csv', '"a,""1""",b64:/w==\n')).toEqual([['a,"1"', '\xff']]);
    expect(await read('m.tsv', 'a "1\t"b"\n')).toEqual([['a "1', '"b"']]);
  });
});

describe('a list that cannot be read is one clear line', () => {
  test.each<[name: string, bytes: string | Buffer, message: string]>([
    ['m.csv', 'a,b,c\n', 'Expected two names in each row of the map, got ["a","b","c"]'],
    ['m.tsv', 'a\n', 'Expected two names in each row of the map, got ["a"]'],
    ['m.csv', 'a,"b\n', 'Expected the map to be a table: '],
    ['m.json', Buffer.from([0x7b, 0xff, 0x7d]), 'Expected the map to be in UTF-8, or in UTF-16 with its mark'],
    ['m.json', 'a,b', 'Expected the map to be JSON: '],
  ])('%s, %s', async (name, bytes, message) => {
    await expect(read(name, bytes)).rejects.toThrow(message);
  });
});

test('an old name is found in the other spelling of its accents, where it is not there in its own and one file fits', () => {
  const { root } = place({ 'x/cafe\u0301': '1', 'n\u0303': '2', '\u00f1': '3', '\u1e69': '4' });
  const list = { 'x/caf\u00e9': 'x/a', '\u00f1': 'b', 's\u0307\u0323': 'c', 'e\u0301': 'd' };
  const { operations, problems } = planRename({ root, wish: mapWish(readJsonPairs(JSON.stringify(list))) });
  const text = (raw: string): string => Buffer.from(raw, 'latin1').toString();
  expect(operations.map(({ from, to }) => [text(from), to])).toEqual([
    ['x/cafe\u0301', 'x/a'],
    ['\u00f1', 'b'],
    ['\u1e69', 'c'],
  ]);
  expect(problems.map(({ kind, to }) => [kind, to])).toEqual([['not-found', 'd']]);
});

test('a folder may have a slash at the end of its new name', () => {
  const { root } = place({ 'x/b': 'B' });
  const plan = planRename({ root, wish: mapWish(readJsonPairs('{"x/":"y/"}')) });
  expect(plan).toMatchObject({ problems: [], operations: [{ from: 'x', to: 'y' }] });
});

test('a new name that ends with a slash is refused with the name that it lacks, and renames nothing', async () => {
  const here = place({ a: 'A', 'x/b': 'B' });
  const request = { root: here.root, wish: mapWish(readJsonPairs('{"a":"x/","x/b":"y//"}')), move: true };
  expect(planRename(request).problems.map(({ kind, message }) => [kind, message])).toEqual([
    ['invalid-name', "'a' to 'x/': a new name ends with the file's own: 'x/a'"],
    ['invalid-name', "'x/b' to 'y/': a new name ends with the file's own: 'y/b'"],
  ]);
  expect((await applyRename(request, here)).outcome).toBe('refused');
  expect(readTree(here.root)).toEqual({ a: 'A', 'x/b': 'B' });
});
