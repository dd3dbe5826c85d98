import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { sumOfColumns, sumOfSales, toColumns, transferList } from '../src/cloning-costs/recipe.ts';
import { makeSales, openSummer, sumInline } from '../src/cloning-costs/proof/summing.ts';

const summer = openSummer();
afterAll(() => summer.close());

const sales = fc.array(
  fc.record({
    id: fc.nat(),
    customer: fc.record({ name: fc.string(), city: fc.string() }),
    region: fc.integer({ min: 0, max: 7 }),
    cents: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    tags: fc.array(fc.string(), { maxLength: 2 }),
  }),
  { maxLength: 50 },
);

test('records, columns, and both of them in a worker have the same sums', async () => {
  await fc.assert(
    fc.asyncProperty(sales, async (some) => {
      const expected = sumOfSales(some);
      expect(sumOfColumns(toColumns(some, 'shared'))).toEqual(expected);
      for (const posted of [some, toColumns(some, 'shared'), toColumns(some, 'owned')]) {
        expect((await summer.sum(posted)).sums).toEqual(expected);
      }
    }),
    { numRuns: 30 },
  );
});

test('a transferred column leaves its sender, a shared one stays', async () => {
  const some = makeSales(100);
  const [shared, owned] = [toColumns(some, 'shared'), toColumns(some, 'owned')];
  await summer.sum(shared);
  await summer.sum(owned);
  expect([shared.cents.length, shared.region.length]).toEqual([100, 100]);
  expect([owned.cents.length, owned.region.length]).toEqual([0, 0]);
});

test('records stay with their sender: the worker has a copy', async () => {
  const some = makeSales(100);
  const before = structuredClone(some);
  await summer.sum(some);
  expect(some).toEqual(before);
});

test('only owned memory is in the transfer list', () => {
  const some = makeSales(10);
  expect(transferList(toColumns(some, 'shared'))).toHaveLength(0);
  expect(transferList(toColumns(some, 'owned'))).toHaveLength(2);
});

test('every region has sales, and inline code blocks for no longer than the sum takes', () => {
  const { sums, blocked, total } = sumInline(makeSales(1_000));
  expect(sums.every((cents) => cents > 0)).toBe(true);
  expect(blocked).toBeGreaterThan(0);
  expect(total).toBeGreaterThanOrEqual(blocked);
});
