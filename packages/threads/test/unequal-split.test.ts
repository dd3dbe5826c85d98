import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openThreads } from '../src/cpu-scaling/recipe.ts';
import { closePairs } from '../src/unequal-split/proof/pairs-task.ts';
import type { PairsReport } from '../src/unequal-split/proof/pairs-task.ts';
import { costOf, speedupBound, splitByCost, splitByCount, stripes } from '../src/unequal-split/recipe.ts';
import type { Part } from '../src/unequal-split/recipe.ts';

const SPLITS = { splitByCount, splitByCost, stripes };
const rows = fc.integer({ min: 0, max: 2_000 });
const parts = fc.integer({ min: 1, max: 20 });

function rowsOf({ from, to, step }: Part): number[] {
  const all: number[] = [];
  for (let row = from; row < to; row += step) all.push(row);
  return all;
}

test.each(Object.entries(SPLITS))('%s gives every row to one part, once', (_, split) => {
  fc.assert(
    fc.property(rows, parts, (count, number) => {
      const all = split(count, number).flatMap(rowsOf);
      expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (__, row) => row));
    }),
  );
});

test.each(Object.entries(SPLITS))('%s makes as many parts as were asked for', (_, split) => {
  fc.assert(
    fc.property(rows, parts, (count, number) => {
      expect(split(count, number)).toHaveLength(number);
    }),
  );
});

test('the cost of a part is the sum of its row numbers', () => {
  fc.assert(
    fc.property(rows, parts, (count, number) => {
      for (const split of Object.values(SPLITS)) {
        for (const part of split(count, number)) {
          expect(costOf(part)).toBe(rowsOf(part).reduce((sum, row) => sum + row, 0));
        }
      }
    }),
  );
});

test('halves by count bound the speedup to 1.33; by cost and in stripes it is 2', () => {
  expect(speedupBound(splitByCount(10_000, 2))).toBeCloseTo(4 / 3, 3);
  expect(speedupBound(splitByCost(10_000, 2))).toBeCloseTo(2, 3);
  expect(speedupBound(stripes(10_000, 2))).toBeCloseTo(2, 3);
});

test('no split allows more than its number of parts, and a split by count never more than the others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 2_000 }), parts, (count, number) => {
      const [byCount, byCost, striped] = Object.values(SPLITS).map((split) => speedupBound(split(count, number)));
      for (const bound of [byCount!, byCost!, striped!]) expect(bound).toBeLessThanOrEqual(number + 1e-9);
      expect(byCost!).toBeGreaterThanOrEqual(byCount! - 1e-9);
      expect(striped!).toBeGreaterThanOrEqual(byCount! - 1e-9);
    }),
  );
});

test('the parts of every split, run on threads, find the pairs of the whole', async () => {
  const whole = closePairs({ from: 0, to: 1_500, step: 1 });
  expect(whole).toBeGreaterThan(100);
  const threads = openThreads<Part, PairsReport>(
    new URL('../src/unequal-split/proof/pairs-task.ts', import.meta.url),
    2,
  );
  for (const split of Object.values(SPLITS)) {
    const reports = await threads.run(split(1_500, 5));
    expect(reports.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(whole);
  }
  await threads.close();
});

test.each([0, -1, 1.5, NaN])('%s parts are refused', (count) => {
  for (const split of Object.values(SPLITS)) {
    expect(() => split(10, count)).toThrow(`Expected \`parts\` to be an integer from 1 up, got ${count}`);
  }
});

test('the bound of no work is 1', () => expect(speedupBound(splitByCount(0, 3))).toBe(1));
