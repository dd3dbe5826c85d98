import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argmax, extent, max, min } from '../../src/max/index.ts';

const jobs = [
  { name: 'build', seconds: 40 },
  { name: 'test', seconds: 95 },
  { name: 'lint', seconds: 95 },
  { name: 'types', seconds: 3 },
];
const seconds = { key: (job: { seconds: number }) => job.seconds };

test('a key chooses what is compared, and of equal keys the first one wins', () => {
  expect(max(jobs, seconds).name).toBe('test');
  expect(min(jobs, seconds).name).toBe('types');
  expect(argmax(jobs, seconds)).toBe(1);
  expect(extent(jobs, seconds).map(({ name }) => name)).toEqual(['types', 'test']);
});

test('sets, generators and strings are iterables as arrays are', () => {
  const generator = function* (): Generator<number> {
    yield* [3, 1, 2];
  };
  expect(max(new Set([3, 1, 2]))).toBe(3);
  expect(argmax(generator())).toBe(0);
  expect(extent(generator())).toEqual([1, 3]);
  expect(min('cab')).toBe('a');
});

test('bigints are compared exactly where doubles would take them for equal', () => {
  const large = [2n ** 64n, 2n ** 64n + 1n, 2n ** 64n - 1n];
  expect(max(large)).toBe(2n ** 64n + 1n);
  expect(argmax(new BigInt64Array([5n, -7n, 2n ** 62n]))).toBe(2);
});

test('an empty input is an error, or the default', () => {
  for (const find of [max, min, extent, argmax]) {
    expect(() => find([])).toThrow(new RangeError('Expected at least one value, got none'));
    expect(() => find(new Float64Array(0))).toThrow(new RangeError('Expected at least one value, got none'));
    expect(find([], { default: 'none' })).toBe('none');
    expect(find(new Float64Array(0), { default: undefined })).toBe(undefined);
    expect(find([7], { default: 'none' })).not.toBe('none');
  }
});

test('where NaN is passed over and nothing is left, the input is empty', () => {
  for (const find of [max, min, extent, argmax]) {
    for (const values of [[NaN, NaN], new Float64Array([NaN, NaN])]) {
      const ignore = { nan: 'ignore' } as const;
      expect(() => find(values, ignore)).toThrow('Expected at least one value that is not NaN, got none');
      expect(find(values, { ...ignore, default: null })).toBe(null);
    }
  }
});

test('an infinity is a value, not the sign that there was none', () => {
  for (const values of [[-Infinity, NaN], new Float64Array([-Infinity, NaN])]) {
    expect(max(values, { nan: 'ignore' })).toBe(-Infinity);
    expect(argmax(values, { nan: 'ignore' })).toBe(0);
  }
  expect(min([Infinity])).toBe(Infinity);
});

describe('a NaN', () => {
  test.each([
    ['an array', (values: number[]) => values],
    ['a Float64Array', (values: number[]) => new Float64Array(values)],
    ['a Float32Array', (values: number[]) => new Float32Array(values)],
    ['an iterable', (values: number[]) => new Set(values)],
  ])('is the result, is passed over or is refused, in %s', (_, of) => {
    const values = (): Iterable<number> => of([4, NaN, 9, -1]);
    expect(max(values())).toBe(NaN);
    expect(min(values())).toBe(NaN);
    expect(extent(values())).toEqual([NaN, NaN]);
    expect(argmax(values())).toBe(1);
    const ignore = { nan: 'ignore' } as const;
    expect(max(values(), ignore)).toBe(9);
    expect(min(values(), ignore)).toBe(-1);
    expect(extent(values(), ignore)).toEqual([-1, 9]);
    expect(argmax(values(), ignore)).toBe(2);
    for (const find of [max, min, extent, argmax]) {
      expect(() => find(values(), { nan: 'throw' })).toThrow(new RangeError('Expected no NaN, got one at index 1'));
    }
  });

  test('of a key is the same', () => {
    const values = [{ x: 1 }, { x: NaN }, { x: 3 }];
    expect(max(values, { key: ({ x }) => x })).toBe(values[1]);
    expect(max(values, { key: ({ x }) => x, nan: 'ignore' })).toBe(values[2]);
  });
});

test('what has no order here is refused, and so are several types at once', () => {
  const wrong =
    (values: unknown): (() => void) =>
    () =>
      max(values as number[]);
  expect(wrong([1, undefined])).toThrow('Expected element 1 to be a number, a bigint or a string, got undefined');
  expect(wrong([null])).toThrow('Expected element 0 to be a number, a bigint or a string, got null');
  expect(wrong([{}])).toThrow('Expected element 0 to be a number, a bigint or a string, got a value of type object');
  expect(wrong([1, '2'])).toThrow('Expected element 1 to be a number as those before, got a string');
  expect(() => max([1], { nan: 'skip' as 'ignore' })).toThrow(
    "Expected `nan` to be 'propagate', 'ignore' or 'throw', got \"skip\"",
  );
});

/** Doubles with many ties, zeros of both signs, infinities and NaN. */
const numbers = fc.array(
  fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity), fc.integer({ min: -3, max: 3 })),
  { minLength: 1, maxLength: 80 },
);

test('max and min are those of Math, for any numbers, in whatever they lie', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      for (const given of [values, new Float64Array(values), values.values()])
        expect(max(given)).toBe(Math.max(...values));
      for (const given of [values, new Float64Array(values), values.values()])
        expect(min(given)).toBe(Math.min(...values));
      expect(extent(values)).toEqual([Math.min(...values), Math.max(...values)]);
      expect(extent(new Float64Array(values))).toEqual([Math.min(...values), Math.max(...values)]);
    }),
  );
});

test('argmax is the first place of max, for any numbers and any treatment of NaN', () => {
  fc.assert(
    fc.property(numbers, fc.constantFrom('propagate' as const, 'ignore' as const), (values, nan) => {
      const options = { nan, default: undefined };
      const largest = max(values, options);
      const first = largest === undefined ? undefined : values.findIndex((value) => Object.is(value, largest));
      for (const given of [values, new Float64Array(values), values.values()])
        expect(argmax(given, options)).toBe(first);
    }),
  );
});

test('an array too long for Math.max(...) is none too long', () => {
  const long = Array.from({ length: 2_000_000 }, (_, index) => index);
  expect(() => Math.max(...long)).toThrow(RangeError);
  expect(max(long)).toBe(1_999_999);
  expect(argmax(long)).toBe(1_999_999);
});
