import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanJson } from '../../src/max/json/scan-json.ts';
import { LineSplitter, ValueSplitter } from '../../src/max/json/split-values.ts';
import type { JsonText, Splitter } from '../../src/max/json/split-values.ts';
import { sourceOf } from '../../src/max/rows/byte-source.ts';

const notation = { decimal: '.', thousands: '', gaps: [] } as const;

function split(splitter: Splitter, text: string, length: number): JsonText[] {
  const bytes = Buffer.from(text);
  const found: JsonText[] = [];
  for (let at = 0; at < bytes.length; at += length) found.push(...splitter.push(bytes.subarray(at, at + length)));
  return [...found, ...splitter.end()];
}

async function scan(text: string, column?: string, format: 'json' | 'jsonl' = 'json') {
  await using source = await sourceOf(
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
  const { kinds, gaps } = await scanJson(source, { format, column, notation, input: 0 });
  const { count, least, most } = kinds.number ?? {};
  return { count, least: least?.text, most: most?.text, lines: [least?.line, most?.line], gaps };
}

const value = fc.jsonValue({ maxDepth: 3 });
const space = fc.constantFrom('', ' ', '\n', '\r\n');

test('values are cut wherever a piece ends', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(value, space, space)), fc.integer({ min: 1, max: 9 }), (values, length) => {
      const texts = values.map(([each, before, after]) => `${before}${JSON.stringify(each, null, 1)}${after}`);
      const expected = values.map(([each]) => JSON.parse(JSON.stringify(each)) as unknown); // -0 is written as 0
      const read = (found: JsonText[]) => found.map(({ text }) => JSON.parse(text) as unknown);
      expect(read(split(new ValueSplitter(), `[${texts.join(',')}]\n`, length))).toEqual(expected);
      expect(read(split(new ValueSplitter(), `{}${texts.join('\n')}`, length))).toEqual([{}, ...expected]);
      const lines = values.map(([each]) => JSON.stringify(each)).join('\r\n\n');
      expect(read(split(new LineSplitter(), lines, length))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('numbers keep the digits with which they are written', async () => {
  expect(await scan('[{"a": 1700000000000000002}, {"a": 1700000000000000001},\n{"a": 1.50e18}]', 'a')).toEqual({
    count: 3,
    least: '1.50e18',
    most: '1700000000000000002',
    lines: [2, 1],
    gaps: 0,
  });
});

test('a field within another is named with a point, and so is an element; a name with a point comes first', async () => {
  const records = '{"a":{"b":1,"c":[5,6]}}\n{"a":{"b":2,"c":[7]},"a.b":9}\n{"a":3}\n';
  expect(await scan(records, 'a.b')).toMatchObject({ least: '1', most: '9', gaps: 1 });
  expect(await scan(records, 'a.c.1')).toMatchObject({ most: '6', gaps: 2 });
});

test('the first record, or any, may lack the field; null is a gap', async () => {
  const records = '{"x":1}\n{"a":2}\n{"a":null}\n{"a":"3"}\n';
  for (const format of ['json', 'jsonl'] as const) {
    expect(await scan(records, 'a', format)).toEqual({ count: 2, least: '2', most: '3', lines: [2, 4], gaps: 2 });
  }
});

test('an array of values needs no field', async () => {
  expect(await scan('\uFEFF[3, 1,\n 2]')).toMatchObject({ least: '1', most: '3', lines: [1, 1] });
  expect(await scan('[]')).toMatchObject({ count: undefined });
});

describe('an error names its line', () => {
  test.each([
    ['{"b":1}\n[2]\n', 'b', "Expected line 2 to be a JSON object, got '[2]'"],
    ['{"b":1}\n{"b":1e}\n', 'b', `Expected line 2 to be a JSON object, got '{"b":1e}'`],
    ['{"a":1,"c":2}\n', 'b', "Expected a field 'b', no record has it; the first has: 'a', 'c'"],
    ['[{"b":1},\n]', 'b', 'Expected a JSON value in line 2, got none'],
    ['[{"b":1},,{"b":2}]', 'b', 'Expected a JSON value in line 1, got none'],
    ['[{"b":1}', 'b', 'Expected the JSON array to be closed, the text ends within it'],
    ['[{"b":1}]\n{"b":2}', 'b', 'Expected nothing behind the JSON array, got more in line 2'],
    ['[{"b":1} {"b":2}]', 'b', `Expected line 1 to be a JSON object, got '{"b":1} {"b":2}'`],
    ['[{"a":1}]', undefined, "Expected --column for JSON objects, got none; the first has: 'a'"],
  ])('%j', async (text, column, message) => {
    await expect(scan(text, column)).rejects.toThrow(message);
  });

  test('in JSON lines as well', async () => {
    await expect(scan('{"b":1}\n{"b":\n', 'b', 'jsonl')).rejects.toThrow(
      `Expected line 2 to be a JSON object, got '{"b":'`,
    );
  });
});
