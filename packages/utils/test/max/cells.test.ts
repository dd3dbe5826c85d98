import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { quote, readCells } from '../../src/max/cli/cells.ts';
import type { Column } from '../../src/max/cli/cells.ts';

const csv: Column = { name: 'b', format: 'csv', delimiter: ',' };
const jsonl: Column = { ...csv, format: 'jsonl' };
const lines: Column = { format: 'lines', delimiter: ',' };

const cellsOf = (column: Column, ...chunks: string[]) => Array.fromAsync(readCells(Readable.from(chunks), column));

test('numbers are read as they are written, gaps as NaN', async () => {
  const texts = ['1', ' +2.50 ', '-.5', '1e-3', '12.', '', 'nan', 'NaN'];
  const cells = await cellsOf(csv, 'a,b\n', ...texts.map((text) => `x,${text}\n`));
  expect(cells.map(({ value }) => value)).toEqual([1, 2.5, -0.5, 0.001, 12, NaN, NaN, NaN]);
  expect(cells.map(({ text }) => text)).toEqual(texts.map((text) => text.trim()));
  expect(cells.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
});

test('it does not matter where a chunk ends', async () => {
  const text = '\uFEFFa,b\r\n"x, ""y""\nz",12.5\r\n\r\n3,4\r\n';
  const whole = await cellsOf(csv, text);
  expect(whole.map(({ value, line }) => [value, line])).toEqual([
    [12.5, 3],
    [4, 5],
  ]);
  expect(await cellsOf(csv, ...text.split(''))).toEqual(whole);
  expect(await cellsOf(lines, ...'\uFEFF1\r\n\r\n22\r\n3'.split(''))).toEqual(await cellsOf(lines, '1\n\n22\n3'));
});

test('a field that a later record leaves out is a gap', async () => {
  const cells = await cellsOf(jsonl, '{"b":1}\n{"a":1}\n{"b":null}\n');
  expect(cells.map(({ value }) => value)).toEqual([1, NaN, NaN]);
});

describe('an error names its line', () => {
  test.each([
    [csv, 'a,b\n1,2\n3,four\n', "Expected column 'b' of line 3 to be a number, got 'four'"],
    [csv, 'a,b\n1,0x10\n', "Expected column 'b' of line 2 to be a number, got '0x10'"],
    [csv, 'a,b\n1,2\n3\n', 'Expected CSV, got this: Invalid Record Length: expect 2, got 1 on line 3'],
    [csv, 'b,b\n1,2\n', "Expected one column 'b', there are several"],
    [csv, 'a,c\n', "Expected a column 'b', there are: 'a', 'c'"],
    [lines, '1\n\u001b[31mred\n', "Expected line 2 to be a number, got '\\u001b[31mred'"],
    [jsonl, '{"b":1}\n[2]\n', "Expected line 2 to be a JSON object, got '[2]'"],
    [jsonl, '{"b":1}\n{"b":\n', `Expected line 2 to be a JSON object, got '{"b":'`],
    [jsonl, '{"b":true}\n', "Expected column 'b' of line 1 to be a number, got true"],
    [jsonl, '{"a":1,"c":2}\n', "Expected a column 'b', there are: 'a', 'c'"],
  ])('%j', async (column, text, message) => {
    await expect(cellsOf(column, text)).rejects.toMatchObject({ message });
  });

  test.each([csv, jsonl, lines])('and so is an input that fails half-way: $format', async (column) => {
    const failing = function* (): Generator<string> {
      yield column.format === 'csv' ? 'a,b\n1,2\n' : column.format === 'jsonl' ? '{"b":1}\n' : '1\n';
      throw new Error('unplugged');
    };
    await expect(Array.fromAsync(readCells(Readable.from(failing()), column))).rejects.toThrow('unplugged');
  });
});

test('quoted text is one line, escaped and cut', () => {
  expect(quote('a\tb\u0085\u001b"')).toBe(`'a\\tb\\u0085\\u001b"'`);
  expect(quote('x'.repeat(100))).toBe(`'${'x'.repeat(59)}…'`);
});
