// The kernel against the plain loop and against Math.max, on doubles of every kind.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openThreads } from '../src/cpu-scaling/recipe.ts';
import type { Threads } from '../src/cpu-scaling/recipe.ts';
import { fill } from '../src/simd/proof/scans.ts';
import { allocate, largest, largestByThreads, largestOfPart } from '../src/simd/recipe.ts';
import { largestByLoop } from '../src/simd/plain-loop.ts';
import type { Doubles } from '../src/simd/recipe.ts';
import type { Scan } from '../src/simd/scan-task.ts';
import { compile } from '../src/simd/web-assembly.ts';

const odd = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE));
const plain = fc.double({ noNaN: true });

function doublesOf(values: readonly number[]): Doubles {
  const doubles = allocate(values.length);
  doubles.values.set(values);
  return doubles;
}

test.each([
  ['doubles', plain],
  ['doubles and special values', odd],
  ['zeros of both signs, and less', fc.constantFrom(0, -0, -1)],
  ['zeros and NaN', fc.constantFrom(0, -0, NaN)],
])('%s: SIMD and the loop find what Math.max finds, to the bit', (_, value) => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 70 }), (values) => {
      const doubles = doublesOf(values);
      expect(largest(doubles)).toBe(Math.max(...values));
      expect(largestByLoop(doubles.values)).toBe(Math.max(...values));
    }),
    { numRuns: 1_000 },
  );
});

test('a part has nothing of what lies before and behind it', () => {
  fc.assert(
    fc.property(fc.array(odd, { minLength: 1, maxLength: 40 }), fc.nat(39), fc.nat(39), (values, one, other) => {
      const [start, end] = [Math.min(one, other), Math.max(one, other)].map((at) => Math.min(at, values.length));
      const { memory } = doublesOf(values);
      expect(largestOfPart({ memory, start: start!, end: end! })).toBe(Math.max(...values.slice(start, end)));
    }),
    { numRuns: 500 },
  );
});

test.each([-1, 1.5, NaN, 2 ** 29])('%d doubles are refused', (length) => {
  expect(() => allocate(length)).toThrow(`Expected \`length\` to be an integer from 0 to 536870911, got ${length}`);
});

test('where the engine does not know the instructions there is no kernel', () => {
  expect(compile(new Uint8Array([0, 1, 2, 3]))).toBeUndefined();
});

describe('two threads', () => {
  let threads: Threads<Scan, number>;
  beforeAll(() => (threads = openThreads(new URL('../src/simd/scan-task.ts', import.meta.url), 2)));
  afterAll(() => threads.close());

  test.each([0, 1, 2 ** 19, 2 ** 19 + 1, 1_700_000])('find the largest of %d doubles', async (length) => {
    const doubles = allocate(length);
    if (length > 0) fill(doubles);
    expect(await largestByThreads(threads, 2, doubles)).toBe(length === 0 ? -Infinity : 2);
  });

  test('serve two callers at once, each with doubles of its own', async () => {
    const [one, other] = [allocate(2_000_000), allocate(1_000_000)];
    fill(one);
    other.values.fill(-3);
    const answers = [one, other, one, other].map((doubles) => largestByThreads(threads, 2, doubles));
    expect(await Promise.all(answers)).toEqual([2, -3, 2, -3]);
  });

  test('see a NaN in any part', async () => {
    const doubles = allocate(1_500_000);
    doubles.values[1_499_999] = NaN;
    expect(await largestByThreads(threads, 2, doubles)).toBeNaN();
  });
});
