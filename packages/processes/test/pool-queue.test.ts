import { afterEach, expect, test } from 'vitest';
import type { Pool } from '../src/pool/recipe.ts';
import { openBoundedPool, runAll, wasRefused } from '../src/pool-queue/recipe.ts';

type Slow = { input: number; pid: number };
const pools: Pool<{ wait: number }, Slow>[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.destroy())));

function open(processes: number, maxQueue: number): Pool<{ wait: number }, Slow> {
  const pool = openBoundedPool<{ wait: number }, Slow>(
    new URL('./fixtures/slow-first.ts', import.meta.url),
    processes,
    maxQueue,
  );
  pools.push(pool);
  return pool;
}

test('a full queue refuses; what it has room for is done', async () => {
  const pool = open(1, 2);
  const ends = Array.from({ length: 5 }, () => pool.run({ wait: 20 }));
  expect(pool.queueSize).toBe(2);
  const results = await Promise.allSettled(ends);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
  const reasons: unknown[] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(reasons.map(wasRefused)).toEqual([true, true]);
});

test('a pool without a queue refuses what no process is free for', async () => {
  const pool = open(1, 0);
  const [first, second] = await Promise.allSettled([pool.run({ wait: 20 }), pool.run({ wait: 20 })]);
  expect(first.status).toBe('fulfilled');
  expect(second.status === 'rejected' && wasRefused(second.reason)).toBe(true);
});

test('an error of a task is not taken for a refusal', () => {
  expect([new Error('the task failed'), 'Task queue is at limit', undefined].map(wasRefused)).toEqual([
    false,
    false,
    false,
  ]);
});

test('runAll never overflows the queue, and outputs are in the order of the inputs', async () => {
  const pool = open(2, 2);
  const waits = [100, ...Array.from({ length: 19 }, () => 0)];
  const inputs = waits.map((wait) => ({ wait }));
  expect((await runAll(pool, inputs, 4)).map(({ input }) => input)).toEqual(waits);
});
