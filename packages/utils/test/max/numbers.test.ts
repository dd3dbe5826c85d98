import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argmax, max, min } from '../../src/max/index.ts';

const KINDS = [
  Float64Array,
  Float32Array,
  Float16Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
];

describe.each(KINDS)('$name', (Kind) => {
  test('has the largest and the smallest of its own elements, at any length and place', () => {
    // Lengths around the steps of 16 and the blocks of 16,384 that the loop takes.
    const lengths = fc.oneof(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 16_370, max: 16_400 }),
      fc.constant(40_000),
    );
    fc.assert(
      fc.property(
        lengths,
        fc.nat({ max: 999_999 }).map((n) => n / 1_000_000),
        fc.boolean(),
        (length, share, top) => {
          const values = new Kind(length).fill(7);
          const place = Math.floor(share * length);
          values[place] = top ? 9 : 3;
          const [least, most] = top ? [length === 1 ? 9 : 7, 9] : [3, length === 1 ? 3 : 7];
          expect([min(values), max(values)]).toEqual([least, most]);
          expect(argmax(values)).toBe(top ? place : place === 0 && length > 1 ? 1 : 0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('each of the values that are looked at in one step is looked at', () => {
  for (let place = 0; place < 70; place++) {
    const values = new Float64Array(70).fill(7);
    values[place] = 9;
    expect(max(values)).toBe(9);
    values[place] = 3;
    expect(min(values)).toBe(3);
  }
});

test('a part of a buffer is looked at, and not its neighbours', () => {
  const all = new Float64Array([99, 1, 2, 3, 99]);
  expect(max(all.subarray(1, 4))).toBe(3);
  expect(max(new Uint8Array(new Uint8Array([255, 1, 2, 255]).buffer, 1, 2))).toBe(2);
});

test('a NaN anywhere in a long array is found', () => {
  for (const place of [0, 15, 16, 16_383, 16_384, 49_999]) {
    const values = new Float64Array(50_000).fill(1);
    values[place] = NaN;
    values[(place + 1) % values.length] = 5;
    expect(max(values)).toBe(NaN);
    expect(min(values)).toBe(NaN);
    expect(argmax(values)).toBe(place);
    expect(max(values, { nan: 'ignore' })).toBe(5);
    expect(min(values, { nan: 'ignore' })).toBe(1);
    expect(() => max(values, { nan: 'throw' })).toThrow(`Expected no NaN, got one at index ${place}`);
  }
});

test('the sign of a zero is right wherever the other zero stands', () => {
  for (const place of [0, 1, 15, 16, 31, 16_384, 39_999]) {
    const negative = new Float64Array(40_000).fill(-0);
    negative[place] = 0;
    expect(max(negative)).toBe(0);
    expect(argmax(negative)).toBe(place);
    const positive = new Float64Array(40_000);
    positive[place] = -0;
    expect(min(positive)).toBe(-0);
  }
  expect(max(new Float64Array(40_000).fill(-0))).toBe(-0);
  expect(min(new Float64Array(40_000))).toBe(0);
});
