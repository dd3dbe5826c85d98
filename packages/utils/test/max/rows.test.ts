// The fast scanner against a slow reference, and against csv-parse.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMPTY } from '../../src/max/cells/tally.ts';
import type { Tally } from '../../src/max/cells/tally.ts';
import type { Job } from '../../src/max/parts/messages.ts';
import { joinParts, scanInParts } from '../../src/max/parts/scan-in-parts.ts';
import { scanPart } from '../../src/max/parts/scan-part.ts';
import { sourceOf } from '../../src/max/rows/byte-source.ts';
import { csvLayout } from '../../src/max/rows/layout.ts';
import type { Layout } from '../../src/max/rows/layout.ts';
import { scanRange } from '../../src/max/rows/scan-range.ts';
import { expectedOf } from './scan-reference.ts';
import type { Expected } from './scan-reference.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'cookbook-max-rows-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const notation = { decimal: '.', thousands: '', gaps: [] } as const;
const layout: Layout = { delimiter: 0x2c, quote: 0x22, newline: 0x0a, wanted: 1, cells: 3, start: 0, line: 1 };

const digits = fc.stringMatching(/^\d{1,20}$/);
const number = fc
  .tuple(
    fc.constantFrom('', '', '-', '+'),
    digits,
    fc.oneof(
      fc.constant(''),
      fc.constant('.'),
      digits.map((each) => `.${each}`),
    ),
    fc.oneof(
      fc.constant(''),
      fc.integer({ min: -30, max: 30 }).map((power) => `e${power}`),
    ),
  )
  .map((parts) => parts.join(''));
const near = fc.bigInt(0n, 5n).map((more) => String(9_007_199_254_740_990n + more));
const cell = fc.oneof(
  { weight: 5, arbitrary: number },
  { weight: 2, arbitrary: near },
  fc.constantFrom('', ' ', 'nan', '0', '-0', '0.0', 'x', '5" disk', '1_000', '0x10'),
  fc.string({ unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r\n', ' ', 'ü'), maxLength: 8 }),
);
const written = fc
  .tuple(cell, fc.boolean())
  .map(([text, quoted]) => (quoted || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text));
const row = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(written, written, written).map((cells) => cells.join(',')) },
  { weight: 1, arbitrary: fc.array(written, { maxLength: 5 }).map((cells) => cells.join(',')) },
);
const wellFormed = fc
  .tuple(fc.array(row, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([rows, end, isEnded]) => rows.join(end) + (isEnded ? end : ''));
/** Of the signs that matter to a scanner, in any order. */
const anything = fc.string({
  unit: fc.constantFrom('1', '2', '-', '.', 'e', ',', ',', '"', '\n', '\r', 'a', ' '),
  maxLength: 60,
});
const text = fc.oneof(wellFormed, anything);

const shown = ({ kinds, gaps, nan, invalid, ragged, openQuote }: Tally): Expected => {
  const { count = 0, least, most } = kinds.number ?? {};
  return {
    values: count,
    gaps,
    nan: nan.count,
    invalid: invalid.count,
    ragged: ragged.count,
    openQuote: openQuote.count,
    least: least && [least.text, least.line],
    most: most && [most.text, most.line],
  };
};

async function* piecesOf(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield Buffer.from(bytes.subarray(at, at + length));
}

/** A source that reads no more than `length` bytes at once: what a buffer holds ends anywhere. */
async function scanPieces(bytes: Buffer, length: number): Promise<Tally> {
  await using source = await sourceOf(piecesOf(bytes, length));
  const short: typeof source = { ...source, read: (into, at) => source.read(into.subarray(0, at + length), at) };
  const range = { from: 0, skip: 0, stop: Infinity, line: 1, input: 0 };
  return (await scanRange(short, layout, notation, range)).tally;
}

test('the scanner finds what a slow reference finds, wherever a piece ends', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (given, length) => {
      expect(shown(await scanPieces(Buffer.from(given), length))).toEqual(expectedOf(given, layout, ','));
    }),
    { numRuns: 2_000 },
  );
});

test('the reference reads what csv-parse reads', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(written, written, written), { maxLength: 8 }), (rows) => {
      const given = rows.map((cells) => `${cells.join(',')}\n`).join('');
      fc.pre(!/(?:^|,)[^",\n]+"/m.test(given)); // csv-parse refuses a quote in the middle of a cell
      const records = parse(given, { skip_empty_lines: true, record_delimiter: '\n' });
      const column = records.map((cells) => `q,"${cells[1]!.replaceAll('"', '""')}",q\n`).join('');
      expect({ ...expectedOf(given, layout, ','), least: 0, most: 0 }).toEqual({
        ...expectedOf(column, layout, ','),
        least: 0,
        most: 0,
      });
    }),
    { numRuns: 500 },
  );
});

describe('a file in parts gives the same', () => {
  const jobOf = (path: string, size: number, partBytes: number): Job => ({
    path,
    size,
    layout,
    notation,
    input: 0,
    partBytes,
    next: new Int32Array(new SharedArrayBuffer(4)),
  });

  test('wherever they end', async () => {
    const path = join(folder, 'parts.csv');
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 40 }), async (given, partBytes) => {
        await writeFile(path, given);
        const job = jobOf(path, Buffer.byteLength(given), partBytes);
        const tally = await joinParts(job, (index) => scanPart(job, index));
        expect(shown(tally)).toEqual(expectedOf(given, layout, ','));
        expect(tally).toEqual(given === '' ? EMPTY : await scanPieces(Buffer.from(given), 9));
      }),
      { numRuns: 1_000 },
    );
  });

  test('on any number of threads', { timeout: 60_000 }, async () => {
    const path = join(folder, 'threads.csv');
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 8, max: 40 }),
        async (given, threads, partBytes) => {
          await writeFile(path, given);
          const file = { path, size: Buffer.byteLength(given), layout, notation, input: 0, threads, partBytes };
          expect(shown(await scanInParts(file))).toEqual(expectedOf(given, layout, ','));
        },
      ),
      { numRuns: 15 },
    );
  });

  test('where a part begins within quotes, it is scanned again', async () => {
    const path = join(folder, 'quotes.csv');
    const given = `a,1,b\n"${'x,9,y\n'.repeat(20)}",2,b\nc,3,d\n`;
    await writeFile(path, given);
    const job = jobOf(path, given.length, 30);
    const parts = await Promise.all(Array.from({ length: 5 }, (_, index) => scanPart(job, index)));
    expect(parts.some(({ range }) => range!.tally.kinds.number?.most.text === '9')).toBe(true);
    const { kinds } = await joinParts(job, async (index) => parts[index]!);
    expect(kinds.number).toMatchObject({ count: 3, most: { text: '3', line: 23 } });
  });
});

test('a thread that fails is an error', async () => {
  const missing = { path: join(folder, 'missing.csv'), size: 100, layout, notation, input: 0, threads: 2 };
  await expect(scanInParts(missing)).rejects.toMatchObject({ code: 'ENOENT' });
});

describe('the layout of CSV', () => {
  const options = { column: 'b', header: true, decimal: '.' } as const;
  const layoutOf = (head: string, more: object = {}) => csvLayout(Buffer.from(head), { ...options, ...more });

  test.each([
    ['a,b\n1,2\n', ','],
    ['a;b\n1,5;2,5\n', ';'],
    ['a\tb\n', '\t'],
    ['a|b\n', '|'],
    ['"x;y;z",b\n', ','],
    ['b\n', ','],
    ['\uFEFFa,b\r\n', ','],
    ['\n\r\na;b\n', ';'],
  ])('the delimiter of %j is found', (head, delimiter) => {
    expect(layoutOf(head)).toMatchObject({ delimiter: delimiter.charCodeAt(0) });
  });

  test.each([
    ['a, b ,c\n', 'b', 1],
    ['"a\nx","b"\n', 'b', 1],
    ['"say ""b""",c\n', 'say "b"', 0],
    ['a,cpu load\n', 'cpu load', 1],
    ['a,b\n', '2', 1],
    ['2,b\n', '2', 0],
  ])('the column of %j named %s is number %d', (head, column, wanted) => {
    expect(layoutOf(head, { column })).toMatchObject({ wanted });
  });

  test('values begin behind the header, and without one in the first line', () => {
    expect(layoutOf('\uFEFF\n"a\nx",b\r\n1,2\r\n')).toMatchObject({ start: 13, line: 4, cells: 2 });
    expect(layoutOf('\n1,2\n', { header: false, column: '2' })).toMatchObject({
      start: 1,
      line: 2,
      cells: 2,
      wanted: 1,
    });
    expect(layoutOf('\n\n')).toBeUndefined();
  });

  test('lines of an old Mac end with a carriage return', () => {
    expect(layoutOf('a,b\r1,2\r')).toMatchObject({ newline: 0x0d, start: 4 });
  });

  test.each([
    ['b,b\n', {}, "Expected one column 'b', there are several: numbers 1 and 2"],
    ['a,c\n', {}, "Expected a column 'b', there are: 'a', 'c'"],
    ['1,2\n', { header: false }, "Expected --column to be a number from 1 to 2 without a header, got 'b'"],
    ['1,2\n', { header: false, column: '3' }, "Expected --column to be a number from 1 to 2 without a header, got '3'"],
    ['a,"b\n1,2\n', {}, 'Expected the first line to end within 1 MiB: is a quote left open in it?'],
    ['x'.repeat(2 ** 20), {}, 'Expected the first line to end within 1 MiB, got a longer one'],
  ])('%# is refused', (head, more, message) => {
    expect(() => layoutOf(head, more)).toThrow(message);
  });
});
