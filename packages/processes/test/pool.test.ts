import { goneAfter, isAlive } from '@cookbook/lab/host';
import { afterEach, expect, test } from 'vitest';
import { openPool, runAll } from '../src/pool/recipe.ts';
import type { Pool } from '../src/pool/recipe.ts';

const fixture = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);
const primes = new URL('../src/proof/primes-task.ts', import.meta.url);

type Slow = { input: number; pid: number };
const pools: Pool<object, unknown>[] = [];

function open<Output>(task: URL, processes: number, options?: { maxQueue?: number }): Pool<object, Output> {
  const pool = openPool<object, Output>(task, processes, options);
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

test('outputs are in the order of the inputs, though later ones are done first', async () => {
  const pool = open<Slow>(fixture('slow-first'), 2);
  const outputs = await runAll(
    pool,
    [300, 1, 2, 3].map((wait) => ({ wait })),
    2,
  );
  expect(outputs.map(({ input }) => input)).toEqual([300, 1, 2, 3]);
  expect(new Set(outputs.map(({ pid }) => pid)).size, 'processes that took part').toBe(2);
});

test('a full queue refuses; what it has room for is done', async () => {
  const pool = open<Slow>(fixture('slow-first'), 1, { maxQueue: 2 });
  const ends = Array.from({ length: 5 }, () => pool.run({ wait: 20 }));
  expect(pool.queued).toBe(2);
  const results = await Promise.allSettled(ends);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
  await expect(Promise.all(ends)).rejects.toThrow('Task queue is at limit');
});

test('so many at a time never overflow the queue', async () => {
  const pool = open<Slow>(fixture('slow-first'), 1, { maxQueue: 2 });
  expect(
    (
      await runAll(
        pool,
        Array.from({ length: 20 }, () => ({ wait: 0 })),
        3,
      )
    ).length,
  ).toBe(20);
});

test('an endless task that is aborted ends with its process, and another process takes the next', async () => {
  const pool = open<{ pid: number }>(primes, 1);
  const { pid } = await pool.run({ limit: 2 });
  const stop = new AbortController();
  const endless = pool.run({ limit: Infinity }, stop.signal);
  setTimeout(() => stop.abort(), 100);
  await expect(endless).rejects.toMatchObject({ name: 'AbortError' });
  expect(await goneAfter(pid, 20_000)).toBeDefined();
  expect((await pool.run({ limit: 2 })).pid).not.toBe(pid);
});

test('a task that is aborted while it waits is never run, and costs no process', async () => {
  const pool = open<Slow>(fixture('slow-first'), 1);
  const stop = new AbortController();
  const running = pool.run({ wait: 100 });
  const waiting = pool.run({ wait: 1 }, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  const { pid } = await running;
  expect((await pool.run({ wait: 1 })).pid).toBe(pid);
});

test("a task's error is an error again, with its class, message and stack", async () => {
  const pool = open<never>(primes, 1);
  const error = await pool.run({ limit: 0 }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RangeError);
  expect((error as RangeError).message).toBe('Expected `limit` to be a number from 2 up, got 0');
  expect((error as RangeError).stack).toContain('primes-task.ts');
});

test('a process that ends in the middle of a task rejects it, and is replaced', async () => {
  const pool = open<unknown>(fixture('echo'), 1);
  await expect(pool.run({ how: 'exit' })).rejects.toThrow('Worker exited unexpectedly');
  expect(await pool.run({ answer: 42 })).toEqual({ answer: 42 });
});

test('types survive the way there and back', async () => {
  const pool = open<unknown>(fixture('echo'), 1);
  const value = { map: new Map([[1, new Set(['a'])]]), date: new Date(0), bytes: new Float64Array([1, NaN, Infinity]) };
  expect(await pool.run(value)).toEqual(value);
});

test('no process is left when the pool is closed, not even one that computes', async () => {
  const pool = openPool<object, { pid: number }>(primes, 1);
  const { pid } = await pool.run({ limit: 2 });
  const endless = pool.run({ limit: Infinity });
  await Promise.all([expect(endless).rejects.toThrow('Terminating worker'), pool.close()]);
  expect(isAlive(pid)).toBe(false);
});
