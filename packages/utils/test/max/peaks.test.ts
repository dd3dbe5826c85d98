import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { peaks, rollingMax } from '../../src/max/index.ts';
import type { Sample } from '../../src/max/index.ts';

/** Samples one unit of time apart. */
const every = (values: readonly number[]): Sample[] => values.map((value, at) => ({ at, value }));

/** Samples with pauses of 0 to 4 between them, and few different values, so that there are ties. */
const samples = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 6 })), { maxLength: 60 }).map((steps) =>
  steps.map(([, value], index) => ({
    at: steps.slice(0, index + 1).reduce((sum, [pause]) => sum + pause, 0),
    value,
  })),
);
const windows = fc.integer({ min: 1, max: 12 });

test('the rolling maximum is the first of the highest in the window, for any samples', async () => {
  await fc.assert(
    fc.asyncProperty(samples, windows, async (given, window) => {
      const expected = given.map(({ at }, index) => {
        const seen = given.slice(0, index + 1).filter((sample) => at - sample.at <= window);
        return seen.reduce((best, sample) => (sample.value > best.value ? sample : best));
      });
      expect(await Array.fromAsync(rollingMax(given, { window }))).toEqual(expected);
    }),
  );
});

test('a peak has none higher within a window before and after, and no equal one before, for any samples', async () => {
  await fc.assert(
    fc.asyncProperty(samples, windows, fc.nat({ max: 6 }), async (given, window, threshold) => {
      const expected = given.filter(
        ({ at, value }, index) =>
          value >= threshold &&
          given.every((other, place) => {
            const near = Math.abs(other.at - at) <= window;
            return !near || (place < index ? other.value < value : other.value <= value);
          }),
      );
      expect(await Array.fromAsync(peaks(given, { window, threshold }))).toEqual(expected);
    }),
  );
});

test('a peak is yielded once the window after it has passed, not at the end of the stream', async () => {
  let taken = 0;
  const endless = function* (): Generator<Sample> {
    for (;;) yield { at: taken, value: taken++ === 10 ? 9 : 1 };
  };
  const first = await peaks(endless(), { window: 5, threshold: 5 }).next();
  expect(first.value).toEqual({ at: 10, value: 9 });
  expect(taken).toBe(17); // up to the sample at 16, the first that is more than 5 later
});

describe('the work for a sample does not grow with the window', () => {
  const COUNT = 20_000;
  const shapes: [string, (at: number) => number][] = [
    ['falling', (at) => -at],
    ['rising', (at) => at],
    ['saw', (at) => -(at % 1_000)],
    ['random', (at) => (at * 7_919) % 10_007],
  ];

  test.each(shapes)('%s', async (_, shape) => {
    let comparisons = 0;
    // A number that counts each time it is compared.
    const given = Array.from({ length: COUNT }, (_value, at) => ({
      at,
      value: { valueOf: () => ((comparisons += 0.5), shape(at)) } as unknown as number,
    }));
    await Array.fromAsync(rollingMax(given, { window: 5_000 }));
    expect(comparisons).toBeLessThanOrEqual(2 * COUNT);
    expect(comparisons).toBeGreaterThan(COUNT / 2);
  });
});

test('a plateau is one peak, at its start', async () => {
  const values = [0, ...Array.from({ length: 50 }, () => 100), 0];
  expect(await Array.fromAsync(peaks(every(values), { window: 3, threshold: 90 }))).toEqual([{ at: 1, value: 100 }]);
});

test('a stream that is left early is closed', async () => {
  let closed = false;
  const stream = async function* (): AsyncGenerator<Sample> {
    try {
      for (let at = 0; ; at++) yield { at, value: at };
    } finally {
      closed = true;
    }
  };
  for await (const { at } of rollingMax(stream(), { window: 2 })) if (at === 3) break;
  expect(closed).toBe(true);
});

test('gaps are refused or passed over, and wrong input is one line', async () => {
  const gap = every([1, NaN, 3]);
  const all = (given: readonly Sample[], options: Parameters<typeof peaks>[1]) =>
    Array.fromAsync(peaks(given, options));
  await expect(all(gap, { window: 5 })).rejects.toThrow('Expected no NaN, got one in sample 1');
  expect(await all(gap, { window: 5, nan: 'ignore' })).toEqual([{ at: 2, value: 3 }]);
  await expect(all(gap, { window: 0 })).rejects.toThrow('Expected `window` to be above 0, got 0');
  await expect(all(gap, { window: 1, threshold: NaN })).rejects.toThrow('Expected `threshold` to be a number, got NaN');
  const backwards = [
    { at: 2, value: 0 },
    { at: 1, value: 0 },
  ];
  await expect(all(backwards, { window: 1 })).rejects.toThrow('Expected `at` not to run backwards, got 1 after 2');
});
