// What the text of a cell means, and exact comparison.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toTime } from '../../src/max/cells/dates.ts';
import { compareDecimals, decimalToText, toDecimal } from '../../src/max/cells/decimal.ts';
import { CellReader } from '../../src/max/cells/notation.ts';
import type { Notation } from '../../src/max/cells/notation.ts';
import { ERROR_SHARE, NumberReader } from '../../src/max/cells/number-bytes.ts';
import { quote } from '../../src/max/cells/words.ts';
import { valueToJson } from '../../src/max/cli/draw-found.ts';
import { compareFractions } from './scan-reference.ts';

const plain: Notation = { decimal: '.', thousands: '', gaps: [] };
const german: Notation = { decimal: ',', thousands: '.', gaps: [] };
const kindOf = (text: string, notation = plain) => {
  const found = new CellReader(notation).read(text);
  return typeof found === 'string' ? found : found.kind;
};
const doubleOf = (text: string, notation = plain) => {
  const found = new CellReader(notation).read(text);
  return typeof found === 'string' ? found : found.double;
};

describe('a number', () => {
  test.each([
    ['12', 12],
    ['+5', 5],
    ['-0', -0],
    ['.5', 0.5],
    ['5.', 5],
    ['1E3', 1_000],
    ['-1.5e-3', -0.0015],
    ['1e400', Infinity],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['12%', 0.12],
    ['12.5 %', 0.125],
    ['1e2%', 1],
  ])('is %s', (text, double) => {
    expect(doubleOf(text)).toBe(double);
  });

  test.each([
    '0x10',
    '0b1',
    '1_000',
    '1,234',
    '1 234',
    '12 kg',
    '--1',
    '.',
    '+',
    'e5',
    '1e',
    '1e+',
    '5%%',
    '%',
    'infinite',
    '١٢',
  ])('is not %s', (text) => {
    expect(kindOf(text)).toBe('invalid');
  });

  test.each([
    ['1.234.567,5', german, 1_234_567.5],
    ['1234567,5', german, 1_234_567.5],
    ['0,5', german, 0.5],
    ['1.234', german, 1_234],
    ['12,5 %', german, 0.125],
    ['1,234,567', { ...plain, thousands: ',' }, 1_234_567],
    ['-12,345.5e1', { ...plain, thousands: ',' }, -123_455],
    ['12,34,567', { ...plain, thousands: ',' }, 1_234_567],
    ['1 234', { ...plain, thousands: ' ' }, 1_234],
    ['1\u202F234\u00A0567', { ...plain, thousands: ' ' }, 1_234_567],
    ["1'234", { ...plain, thousands: "'" }, 1_234],
    ['1\u2019234', { ...plain, thousands: "'" }, 1_234],
    ['1_000', { ...plain, thousands: '_' }, 1_000],
  ])('is %s by its notation', (text, notation, double) => {
    expect(doubleOf(text, notation)).toBe(double);
  });

  test.each([
    ['1.5', german],
    ['1.2.345', german],
    ['1,5,5', german],
    ['1.234,5.6', german],
    ['1,23', { ...plain, thousands: ',' }],
    ['1,2345', { ...plain, thousands: ',' }],
    [',123', { ...plain, thousands: ',' }],
    ['1,234.5,678', { ...plain, thousands: ',' }],
    ['1.234,567', { ...plain, thousands: ',' }],
  ])('is not %s by its notation', (text, notation) => {
    expect(kindOf(text, notation)).toBe('invalid');
  });
});

test('a gap is an empty cell or a word that is said to be one', () => {
  expect(kindOf('')).toBe('gap');
  expect(kindOf('NA')).toBe('invalid');
  const reader = new CellReader({ ...plain, gaps: ['NA', '-999'] });
  expect(['NA', '-999', 'na', '-999.0'].map((text) => reader.read(text)).map((each) => each === 'gap')).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([kindOf('nan'), kindOf('-NaN')]).toEqual(['nan', 'nan']);
});

describe('a time', () => {
  test.each([
    ['2024-03-01', 'local'],
    ['2024-02-29', 'local'],
    ['2024-03-01 12:30', 'local'],
    ['2024-03-01T12:30:60', 'local'],
    ['0050-01-01', 'local'],
    ['2024-03-01T12:30Z', 'instant'],
    ['2024-03-01T12:30:00.123456789+0530', 'instant'],
    ['2024-03-01 12:30:00 -05', 'instant'],
  ])('is %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });

  test.each([
    '2023-02-29',
    '2024-13-01',
    '2024-00-01',
    '2024-01-00',
    '2024-3-1',
    '2024-03-01T24:00',
    '2024-03-01T12:60',
    '2024-03-01T12:00+24:00',
    '01/02/2024',
  ])('is not %s', (text) => {
    expect(kindOf(text)).toBe('invalid');
  });

  test('is ordered as Date orders it, and beyond its milliseconds', () => {
    const iso = fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((date) => date.toISOString());
    const secondsOf = (text: string) => toTime(text)!.seconds;
    fc.assert(
      fc.property(iso, iso, (a, b) => {
        const difference = Math.floor(Date.parse(a) / 1_000) - Math.floor(Date.parse(b) / 1_000);
        expect(secondsOf(a) - secondsOf(b)).toBe(difference);
      }),
    );
    const reader = new CellReader(plain);
    const exact = (text: string) => reader.exact(text);
    const [a, b] = [exact('2024-03-01T12:00:00.1234567891Z'), exact('2024-03-01T14:00:00.1234567892+02:00')];
    expect(compareDecimals(a, b)).toBe(-1);
  });
});

const number = fc.stringMatching(/^[+-]?(\d{1,25}\.?\d{0,25}|\.\d{1,25})(e[+-]?\d{1,2})?$/);
const long = fc.stringMatching(/^[+-]?9007199254740\d{3}(\.\d{0,3})?$/);
const any = fc.oneof(number, long, fc.constantFrom('0', '-0', '0.00', '1', '1.0', '10e-1'));

describe('exact comparison', () => {
  test('orders numbers as fractions of bigints are ordered', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(Math.sign(compareDecimals(toDecimal(a), toDecimal(b)))).toBe(compareFractions(a, b));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['1700000000000000001', '1700000000000000002'],
    ['0.1', '0.1000000000000000055511151231257827'],
    ['1e400', '101E010031'],
    ['101E010031', 'inf'],
    ['-inf', '-1e99999999999999999999'],
    ['1e99999999999999999999', '1e100000000000000000000'],
    ['0', '1e-400'],
    ['-0', '0'],
  ])('%s is less than %s', (less, more) => {
    expect(compareDecimals(toDecimal(less), toDecimal(more))).toBe(-1);
    expect(compareDecimals(toDecimal(more), toDecimal(less))).toBe(1);
  });

  test('a number keeps its value as text', () => {
    fc.assert(
      fc.property(any, (text) => {
        expect(compareDecimals(toDecimal(decimalToText(toDecimal(text))), toDecimal(text))).toBe(0);
      }),
    );
  });
});

test('a number read from bytes is the nearest double where it says so, and as near as it says elsewhere', () => {
  const reader = new NumberReader('.'.charCodeAt(0));
  fc.assert(
    fc.property(fc.oneof(any, fc.stringMatching(/^-?\d{0,8}\.\d{1,7}$/)), (text) => {
      const bytes = Buffer.from(`x${text}y`);
      const found = reader.read(bytes, 1, bytes.length - 1);
      if (Number.isNaN(found)) return;
      if (reader.exact) expect(found).toBe(Number(text));
      else expect(Math.abs(found - Number(text))).toBeLessThanOrEqual(Math.abs(Number(text)) * ERROR_SHARE);
    }),
    { numRuns: 5_000 },
  );
});

test.each(['', '-', '.', '1e', '1e+', '1x', '1.2.3', '0x1', '1_0', ' 1', 'inf', '1e1000', '1'.repeat(41)])(
  'bytes of another form are left to the text: %j',
  (text) => {
    const bytes = Buffer.from(text);
    expect(new NumberReader(0x2e).read(bytes, 0, bytes.length)).toBeNaN();
  },
);

test.each([
  ['12', 12],
  ['0.10', 0.1],
  ['1e3', 1_000],
  ['12%', 0.12],
  ['1700000000000000001', '1700000000000000001'],
  ['0.1000000000000000055', '0.1000000000000000055'],
  ['1e400', '1e400'],
  ['101E010031', '1.01e10033'],
  ['-inf', '-Infinity'],
  ['-0', '-0'],
])('%s is %j in JSON', (text, value) => {
  expect(valueToJson(text, { notation: plain })).toBe(value);
});

test('quoted text is one line, escaped and cut', () => {
  expect(quote('a\tb\u0085\u001b"')).toBe(`'a\\tb\\u0085\\u001b"'`);
  expect(quote('x'.repeat(100))).toBe(`'${'x'.repeat(59)}…'`);
});
