// Files as people have them: each is written, and searched as the command does it.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRequest } from '../../src/max/cli/arguments.ts';
import type { FileRequest } from '../../src/max/cli/arguments.ts';
import { notesOn } from '../../src/max/cli/draw-found.ts';
import { searchFiles } from '../../src/max/cli/find-in-files.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'cookbook-max-files-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Searches a file of this name and content: the values with their lines, and what was passed over. */
async function find(name: string, content: string | Uint8Array, ...argv: string[]) {
  const path = join(folder, name);
  await writeFile(path, content);
  const request = readRequest([path, ...argv]) as FileRequest;
  const found = await searchFiles(request);
  const { least, most, values, gaps, invalid, ragged } = found;
  return {
    most: [most.text, most.line],
    least: [least.text, least.line],
    counts: { values, gaps, invalid: invalid.count, ragged: ragged.count },
    notes: notesOn(found, request),
  };
}

const values = (count: number, more: object = {}) => ({ values: count, gaps: 0, invalid: 0, ragged: 0, ...more });

describe('numbers', () => {
  test.each(
    [
      ['beyond 2^53', ['1700000000000000001', '1700000000000000002', '1700000000000000000'], [], 2, 1],
      ['beyond 2^53, the largest first', ['9007199254740993', '9007199254740992'], [], 1, 0],
      ['that differ beyond a double', ['0.1', '0.10000000000000000001', '0.09999999999999999999'], [], 2, 1],
      ['beyond the largest double', ['1e308', '1e400', '101E010031'], [], 0, 2],
      ['below the least double', ['0', '1e-400', '2e-400'], [], 0, 2],
      ['and infinity', ['1e400', 'inf', '-Infinity'], [], 2, 1],
      ['and zeros of both signs', ['0', '-0', '0.0'], [], 1, 0],
      ['with blanks around', [' 12 ', '\t+5', '.5', '5.'], [], 2, 0],
      ['with a decimal comma', ['1,5', '1,25', '10,0'], ['--decimal', ','], 1, 2],
      [
        'with points between thousands',
        ['1.234.567,5', '999,9', '1.000'],
        ['--decimal', ',', '--thousands', '.'],
        1,
        0,
      ],
      ['with commas between thousands', ['"1,234,567"', '"999"', '"12,000.5"'], ['--thousands', ','], 1, 0],
      ['with blanks between thousands', ['1 234', '999', '12\u202F000'], ['--thousands', ' '], 1, 2],
      ['of per cent', ['12%', '9.5 %', '0.5'], [], 1, 2],
      ['and words for a gap', ['NA', '-999', '5', '', '3'], ['--gap', 'NA', '--gap', '-999'], 4, 2],
      ['dates', ['2024-03-01', '2023-12-31', '2024-02-29'], [], 1, 0],
      ['times without an offset', ['2024-03-01 12:00', '2024-03-01', '2024-03-01T12:00:00.001'], [], 1, 2],
      [
        'times with an offset',
        ['2024-03-01T12:00:00+02:00', '2024-03-01T10:00:01Z', '2024-03-01T05:30-04:00'],
        [],
        2,
        1,
      ],
    ].map((each) => each as [string, string[], string[], number, number]),
  )('%s', async (_name, cells, argv, least, most) => {
    const bare = (place: number) => cells[place]!.trim().replaceAll('"', '');
    const expected = { least: [bare(least), least + 2], most: [bare(most), most + 2] };
    const rows = cells.map((cell) => `x;${cell}\n`).join('');
    expect(await find('numbers.csv', `a;b\n${rows}`, '--column', 'b', ...argv)).toMatchObject(expected);
    // As JSON, as quoted cells on two threads, and as lines the same comes out.
    const records = cells.map((cell) => `${JSON.stringify({ b: cell.replaceAll('"', '') })}\n`).join('');
    expect(await find('numbers.jsonl', `{}\n${records}`, '--column', 'b', ...argv)).toMatchObject(expected);
    const quoted = cells.map((cell) => `"x\n",${cell.startsWith('"') ? cell : `"${cell}"`}\n`).join('');
    expect(await find('numbers.csv', `a,b\n${quoted}`, '--column', 'b', '--threads', '2', ...argv)).toMatchObject({
      least: [bare(least), 2 * least + 3],
      most: [bare(most), 2 * most + 3],
    });
    expect(await find('numbers', `\n${cells.join('\n')}`, ...argv)).toMatchObject(expected);
  });

  test.each([
    ['0x10', ''],
    ['1_000', '; --decimal and --thousands say how numbers are written'],
    ['"1,234"', '; --decimal and --thousands say how numbers are written'],
    ['N/A', '; --gap N/A takes it for a gap'],
    ['five', ''],
  ])('the cell %s is refused with its line', async (cell, hint) => {
    const got = cell.replaceAll('"', '');
    const message = `Expected column 'b' of line 3 to be a number, got '${got}'${hint}`;
    await expect(find('refused.csv', `a,b\n1,2\n1,${cell}\n`, '--column', 'b')).rejects.toThrow(message);
    expect(await find('refused.csv', `a,b\n1,2\n1,${cell}\n`, '--column', 'b', '--invalid', 'ignore')).toMatchObject({
      counts: values(1, { invalid: 1 }),
      notes: ['Passed over 1 cell without a value to compare: the first is in line 3'],
    });
  });

  test('values of several kinds in one column are refused, or those of the first kind count', async () => {
    const mixed = 'a\n2024-03-01\n12\n2024-03-01T12:00Z\n2024-03-02\n';
    const message = "Expected column 'a' of line 3 to be a date or a time without an offset as in line 2, got '12'";
    await expect(find('mixed.csv', mixed, '--column', 'a')).rejects.toThrow(message);
    expect(await find('mixed.csv', mixed, '--column', 'a', '--invalid', 'ignore')).toMatchObject({
      most: ['2024-03-02', 5],
      counts: values(2, { invalid: 2 }),
    });
  });

  test('a column of gaps has no value', async () => {
    const message =
      "Expected at least one value in column 'a', got none (gaps: 2, lines of another number of cells: 1)";
    await expect(find('gaps.csv', 'a,b\n,1\n,1\n1\n', '--column', 'a')).rejects.toThrow(message);
  });
});

describe('text', () => {
  const rows = 'a;b\r\n"x";1\r\ny;3\r\nz;2';
  const found = { most: ['3', 3], least: ['1', 2], counts: values(3) };

  test.each([
    ['with line ends of Windows and none at its end', 'a.csv', rows],
    ['with a byte order mark', 'a.csv', `\uFEFF${rows}`],
    ['of old Macs', 'a.csv', rows.replaceAll('\r\n', '\r')],
    ['in UTF-16, little end first', 'a.csv', Buffer.from(`\uFEFF${rows}`, 'utf16le')],
    ['in UTF-16, big end first', 'a.csv', Buffer.from(`\uFEFF${rows}`, 'utf16le').swap16()],
    ['compressed by gzip', 'a.csv.gz', gzipSync(rows)],
    ['in two members of gzip', 'a.csv.gz', Buffer.concat([gzipSync(rows.slice(0, 10)), gzipSync(rows.slice(10))])],
    ['compressed by Zstandard', 'a.csv.zst', zstdCompressSync(rows)],
    ['compressed, whatever its name', 'a.csv', gzipSync(rows)],
    ['between tabs', 'a.tsv', rows.replaceAll(';', '\t')],
    ['between bars, by its content', 'a.csv', rows.replaceAll(';', '|')],
  ])('%s', async (_name, name, content) => {
    expect(await find(name, content, '--column', 'b')).toMatchObject(found);
  });

  test('without a header', async () => {
    expect(await find('bare.csv', '1,2\n3,4\n', '--no-header', '--column', '2')).toMatchObject({
      most: ['4', 2],
      least: ['2', 1],
    });
  });

  test('with a line of another number of cells, which is passed over and reported', async () => {
    expect(await find('ragged.csv', 'a,b\n1,2\n9\n\n9,9,9\n3,4\n', '--column', 'b')).toMatchObject({
      most: ['4', 6],
      counts: values(2, { ragged: 2 }),
      notes: ['Passed over 2 lines: expected 2 cells, the first is line 3 with 1'],
    });
  });

  test.each([
    [
      'with a quote that is left open',
      'a,b\n1,"2\n3,4\n',
      'Expected the quote that is opened in line 2 to be closed, the text ends within it',
    ],
    ['with bytes of 0', 'a,b\0\n1,2\n', 'Expected text in UTF-8, or in UTF-16 with a byte order mark, got bytes of 0'],
    [
      'that is cut gzip',
      gzipSync('a,b\n1,2\n').subarray(0, 20),
      'Expected whole gzip data, got damaged ones: unexpected end of file',
    ],
    [
      'that is damaged Zstandard',
      Buffer.from('28b52ffd0000000000', 'hex'),
      'Expected whole Zstandard data, got damaged ones',
    ],
  ])('%s is refused', async (_name, content, message) => {
    await expect(find('wrong.csv', content, '--column', 'b')).rejects.toThrow(message);
  });

  test('a record that does not end is refused before it fills the memory', { timeout: 60_000 }, async () => {
    const endless = `a,b\n1,2\n"${'x'.repeat(2 ** 26 + 2 ** 20)}`;
    const message = 'Expected records of at most 64 MiB, line 3 begins a longer one: is a quote left open in it?';
    for (const threads of ['1', '2']) {
      await expect(find('endless.csv', endless, '--column', 'b', '--threads', threads)).rejects.toThrow(message);
    }
  });
});

describe('several files', () => {
  test('have one result, each value with its file', async () => {
    await find('one.csv', 'a,b\n1,2\n', '--column', 'b');
    await find('two.json', '[{"b": 5}, {"b": 1}]', '--column', 'b');
    const request = readRequest([join(folder, 'one.csv'), join(folder, 'two.json'), '--column', 'b']) as FileRequest;
    expect(await searchFiles(request)).toMatchObject({
      most: { text: '5', input: 1, line: 1 },
      least: { text: '1', input: 1 },
      values: 3,
    });
  });

  test('name the file that is wrong', async () => {
    await find('one.csv', 'a,b\n1,2\n', '--column', 'b');
    await writeFile(join(folder, 'other.csv'), 'a,c\n1,2\n');
    await writeFile(join(folder, 'date.csv'), 'a,b\n1,2024-01-01\n');
    const search = (name: string) =>
      searchFiles(readRequest([join(folder, 'one.csv'), join(folder, name), '--column', 'b']) as FileRequest);
    await expect(search('other.csv')).rejects.toThrow(
      /^Expected a column 'b', there are: 'a', 'c' \('.*other\.csv'\)$/,
    );
    await expect(search('date.csv')).rejects.toThrow(
      /^Expected column 'b' of line 2 of '.*date\.csv' to be a number, got '2024-01-01'$/,
    );
  });
});
