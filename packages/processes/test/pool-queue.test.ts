import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

test.each([0, -1, 1.5, NaN, Infinity])('runAll, %s at a time, is refused', async (atATime) => {
  await expect(runAll(open(1, 2), [{ wait: 1 }], atATime)).rejects.toThrow(
    `Expected \`atATime\` to be an integer from 1 up, got ${atATime}`,
  );
});

test('a failure stops the rest of runAll: nothing begins once it has rejected', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'batch-'));
  const mark = path.join(folder, 'begun');
  const pool = openBoundedPool<object, unknown>(new URL('./fixtures/counted.ts', import.meta.url), 2, 2);
  try {
    const inputs = Array.from({ length: 200 }, (_, n) => ({ mark, wait: 5, fails: n === 2 }));
    await expect(runAll(pool, inputs, 4)).rejects.toMatchObject({ message: 'the task failed' });
    const begun = statSync(mark).size;
    await sleep(200);
    expect(begun, 'tasks begun when runAll rejected').toBeLessThan(12);
    expect(statSync(mark).size, 'tasks begun later').toBe(begun);
  } finally {
    await pool.destroy();
    rmSync(folder, { recursive: true });
  }
});
