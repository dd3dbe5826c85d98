// Doubles in WebAssembly's memory against the same doubles in an array of their own: the kernels find what the loops find.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argmax, doubles, extent, max, maxParallel, MaxThreads, min } from '../../src/max/index.ts';
import type { MaxOptions } from '../../src/max/index.ts';
import { extremeBySimd } from '../../src/max/kernels/simd.ts';

const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE));
const kinds = { 'any doubles': value, zeros: fc.constantFrom(0, -0), 'no NaN': fc.double({ noNaN: true }) };
const policies = ['propagate', 'ignore'] as const;

/** The values in both kinds of memory; what lies before and behind them in WebAssembly's is larger and smaller. */
function both(values: readonly number[]): readonly [simd: Float64Array, plain: Float64Array] {
  const around = doubles(values.length + 2);
  around.set([Number.MAX_VALUE, ...values, -Number.MAX_VALUE]);
  return [around.subarray(1, -1), Float64Array.from(values)];
}

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  const lists = fc.array(kind, { minLength: 1, maxLength: 70 });

  test.each(policies)('max, min, extent and argmax, NaN by %s, are those of a plain array to the bit', (nan) => {
    const options: MaxOptions<undefined> = { nan, default: undefined };
    fc.assert(
      fc.property(lists, (values) => {
        const [simd, plain] = both(values);
        expect(extremeBySimd(simd, 'max')).toBe(Math.max(...values));
        expect(extremeBySimd(simd, 'min')).toBe(Math.min(...values));
        for (const find of [max, min, extent, argmax]) expect(find(simd, options)).toEqual(find(plain, options));
        expect(Object.is(max(simd, options), max(plain, options))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test('a NaN is refused where that is asked for, and named by its place', () => {
  const [simd] = both([1, 2, NaN]);
  expect(() => max(simd, { nan: 'throw' })).toThrow('2');
  expect(() => max(doubles(0))).toThrow(RangeError);
  expect(max(doubles(0), { default: 7 })).toBe(7);
});

test('values in other memory are left to the loop', () => {
  expect(extremeBySimd(new Float64Array(3), 'max')).toBeUndefined();
  expect(extremeBySimd(new Float64Array(new SharedArrayBuffer(24)), 'max')).toBeUndefined();
});

test.each([-1, 0.5, NaN, 2 ** 29])('%d doubles are refused', (length) => {
  expect(() => doubles(length)).toThrow(`Expected \`length\` to be an integer from 0 to 536870911, got ${length}`);
});

describe('threads', () => {
  test('find in WebAssembly memory what one thread finds, of a part of it too', async () => {
    const values = doubles(300_000);
    for (let i = 0; i < values.length; i++) values[i] = Math.sin(i);
    await using threads = new MaxThreads({ threads: 2 });
    expect(await threads.max(values)).toBe(max(values));
    const part = values.subarray(7, 100);
    expect(await threads.max(part)).toBe(max(part));
    values[299_999] = NaN;
    expect(await threads.max(values)).toBeNaN();
    expect(await threads.max(values, { nan: 'ignore' })).toBe(max(values, { nan: 'ignore' }));
  });

  test('serve two callers at once, one with each kind of memory', async () => {
    await using threads = new MaxThreads({ threads: 2 });
    const [one, other] = [doubles(50_000), new Float64Array(new SharedArrayBuffer(8 * 50_000))];
    one[3] = 1;
    other[4] = 2;
    expect(await Promise.all([threads.max(one), threads.max(other), threads.max(one)])).toEqual([1, 2, 1]);
  });

  test('started for one call, too', async () => {
    const values = doubles(1_000);
    values[999] = 5;
    expect(await maxParallel(values, { threads: 2 })).toBe(5);
  });
});
