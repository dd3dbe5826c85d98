import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binomialUpperBound, medianInterval } from '../../src/claim/interval.ts';

describe('the interval of the median', () => {
  test('below 6 samples it is the whole range', () => {
    expect(medianInterval([3, 1, 2, 5, 4])).toEqual({ median: 3, low: 1, high: 5 });
  });

  test('with 6 samples the range reaches 95 % confidence, with 9 the ends may go', () => {
    expect(medianInterval([1, 2, 3, 4, 5, 6])).toEqual({ median: 3.5, low: 1, high: 6 });
    expect(medianInterval([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ median: 5, low: 2, high: 8 });
  });

  test('with 20 samples it goes from the 6th to the 15th, as in the tables', () => {
    const samples = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(medianInterval(samples)).toEqual({ median: 10.5, low: 6, high: 15 });
  });

  test('it holds the median, whatever the order of the samples', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 60 }),
        (samples) => {
          const { median, low, high } = medianInterval(samples);
          expect(low).toBeLessThanOrEqual(median);
          expect(high).toBeGreaterThanOrEqual(median);
          expect(medianInterval(samples.toReversed())).toEqual({ median, low, high });
        },
      ),
    );
  });

  test('no sample, no interval', () => {
    expect(() => medianInterval([])).toThrow('Expected at least one sample, got none');
  });
});

describe('the upper bound of a rate', () => {
  test.each([
    [0, 59, 0.0495],
    [0, 100, 0.0295],
    [1, 100, 0.0466],
    [5, 100, 0.1023],
  ])('%i in %i stays under %f', (hits, tries, bound) => {
    expect(binomialUpperBound(hits, tries)).toBeCloseTo(bound, 3);
  });

  test('all of all stays under 1', () => expect(binomialUpperBound(3, 3)).toBe(1));
});
