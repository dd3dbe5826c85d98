import { afterEach, expect, test } from 'vitest';
import { mostOf, newCounters } from '../src/pool/proof/compute-task.ts';
import type { Computing } from '../src/pool/proof/compute-task.ts';
import { openPool, runAll } from '../src/pool/recipe.ts';

type Pool = ReturnType<typeof openPool<Computing, number>>;

const pools: Pool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.destroy();
});

function open(threads?: number): Pool {
  const pool = openPool<Computing, number>(new URL('../src/pool/proof/compute-task.ts', import.meta.url), threads);
  pools.push(pool);
  return pool;
}

test('answers come back to their own questions, and as many run at once as there are threads', async () => {
  const counters = newCounters();
  const inputs = Array.from({ length: 12 }, (_, n) => ({ counters, ms: 10 + n }));
  expect(await runAll(open(3), inputs)).toEqual(inputs.map(({ ms }) => ms));
  expect(mostOf(counters)).toBe(3);
});

test('tasks that find no thread free get one in turn', async () => {
  const pool = open(1);
  const order: number[] = [];
  const run = (n: number): Promise<unknown> =>
    pool.run({ counters: newCounters(), ms: 6 - n }).then(() => order.push(n));
  await Promise.all([0, 1, 2, 3, 4, 5].map(run));
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
});

test('the time in the queue and the time on a thread are recorded', async () => {
  const pool = open(1);
  await runAll(
    pool,
    Array.from({ length: 5 }, () => ({ counters: newCounters(), ms: 10 })),
  );
  const { runTime, waitTime } = pool.histogram;
  expect(runTime.min).toBeGreaterThanOrEqual(9);
  expect(waitTime.max).toBeGreaterThanOrEqual(30); // the last of five waited for four
});

test.each([0, -1, 1.5])('%s threads are refused', (threads) => {
  expect(() => open(threads)).toThrow(`Expected \`threads\` to be an integer from 1 up, got ${threads}`);
});
