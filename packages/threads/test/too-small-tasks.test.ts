import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Piscina } from 'piscina';
import { afterAll, expect, test } from 'vitest';
import { breakEven, costInline, costOnPool, tasksFor } from '../src/too-small-tasks/proof/break-even.ts';
import inline from '../src/too-small-tasks/proof/primes-task.ts';
import { eachAsATask, inBatches } from '../src/too-small-tasks/recipe.ts';
import type { BatchPool } from '../src/too-small-tasks/recipe.ts';

const filename = new URL('../src/too-small-tasks/proof/primes-task.ts', import.meta.url).href;
const pool = new Piscina<number[], number[]>({ filename, minThreads: 2, maxThreads: 2, execArgv: [] });
const alive = setInterval(() => {}, 2 ** 30);
afterAll(async () => {
  await pool.destroy();
  clearInterval(alive);
});

test('inline, one by one and in batches of any size the answers are the same, in order', async () => {
  const limits = fc.array(fc.integer({ min: 3, max: 2_000 }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(limits, fc.integer({ min: 1, max: 70 }), async (list, size) => {
      const expected = inline(list);
      expect(await eachAsATask(list, pool)).toEqual(expected);
      expect(await inBatches(list, pool, size)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

test('there is a message for every task, or for every batch', async () => {
  const limits = Array.from({ length: 10 }, () => 100);
  const before = pool.completed;
  await eachAsATask(limits, pool);
  expect(pool.completed - before).toBe(10);
  await inBatches(limits, pool, 4);
  expect(pool.completed - before).toBe(13);
});

test.each([
  ['one by one', (limits: number[], to: BatchPool<number, number>) => eachAsATask(limits, to)],
  ['in batches', (limits: number[], to: BatchPool<number, number>) => inBatches(limits, to, 1)],
])('%s: after a failure no further message is sent, and none is on its way when it rejects', async (_, way) => {
  let [sent, underWay] = [0, 0];
  const failing = {
    maxThreads: 2,
    async run([limit]: number[]): Promise<number[]> {
      sent++;
      underWay++;
      await sleep(limit === 2 ? 1 : 10);
      underWay--;
      if (limit === 2) throw new Error('the third failed');
      return [limit!];
    },
  };
  const limits = Array.from({ length: 100 }, (_none, n) => n);
  await expect(way(limits, failing)).rejects.toThrow('the third failed');
  expect(underWay).toBe(0);
  expect(sent).toBeLessThan(6);
});

test.each([0, -1, 1.5])('batches of %s are refused', async (size) => {
  await expect(inBatches([100], pool, size)).rejects.toThrow(
    `Expected \`size\` to be an integer from 1 up, got ${size}`,
  );
});

const costs = (pairs: readonly (readonly [inline: number, pool: number])[]) =>
  pairs.map(([own, onPool]) => ({ inline: own, pool: onPool, work: onPool }));

test('the break-even is where pool and inline code take the same time', () => {
  // A pool of 2 threads with 10 us for each message: half of the task, and never less than 10 us.
  expect(breakEven(costs([1, 4, 10, 40, 160].map((us) => [us, Math.max(10, us / 2)])))).toBeCloseTo(10, 6);
  // Between 8 (pool 16, ratio 2) and 32 (pool 16, ratio 1/2) the straight line crosses 1 at 16.
  expect(
    breakEven(
      costs([
        [8, 16],
        [32, 16],
      ]),
    ),
  ).toBeCloseTo(16, 6);
});

test('where one way is faster at every size there is no break-even', () => {
  expect(
    breakEven(
      costs([
        [1, 2],
        [10, 20],
      ]),
    ),
  ).toBe(undefined);
  expect(
    breakEven(
      costs([
        [1, 0.5],
        [10, 5],
      ]),
    ),
  ).toBe(undefined);
  expect(breakEven([])).toBe(undefined);
});

test('a larger task costs more, inline and on the pool', async () => {
  expect(costInline(20_000)).toBeGreaterThan(5 * costInline(1_000));
  const ask = (limits: number[]) => eachAsATask(limits, pool);
  const [small, large] = [
    await costOnPool(pool, 1_000, 500, 168, ask),
    await costOnPool(pool, 20_000, 200, 2_262, ask),
  ];
  expect(large.work).toBeGreaterThan(small.work);
  expect(small.busiest).toBeGreaterThan(0);
});

test('a wrong answer fails the measurement', async () => {
  await expect(costOnPool(pool, 100, 5, 24, (limits) => eachAsATask(limits, pool))).rejects.toThrow(
    'Expected 5 times 24 primes below 100',
  );
});

test('a pool gets as many tasks as keep it busy, and at most 3,000', () => {
  expect(tasksFor(100, 2)).toBe(600);
  expect(tasksFor(0.1, 2)).toBe(3_000);
});
