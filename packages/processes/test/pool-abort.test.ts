import { goneAfter } from '@cookbook/lab/host';
import { afterEach, expect, test } from 'vitest';
import { openPool } from '../src/pool/recipe.ts';
import type { Pool } from '../src/pool/recipe.ts';
import { runUntil, runWithin } from '../src/pool-abort/recipe.ts';

const fixture = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);
const primes = new URL('../src/proof/primes-task.ts', import.meta.url);

type Answer = { pid: number };
const pools: Pool<object, Answer>[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.destroy())));

function open(task: URL): Pool<object, Answer> {
  const pool = openPool<object, Answer>(task, 1);
  pools.push(pool);
  return pool;
}

test('an endless task that is aborted ends with its process, and another process takes the next', async () => {
  const pool = open(primes);
  const { pid } = await pool.run({ limit: 2 });
  const stop = new AbortController();
  const endless = runUntil(pool, { limit: Infinity }, stop.signal);
  setTimeout(() => stop.abort(), 100);
  await expect(endless).rejects.toMatchObject({ name: 'AbortError' });
  expect(await goneAfter(pid, 20_000)).toBeDefined();
  expect((await pool.run({ limit: 2 })).pid).not.toBe(pid);
});

test('a task that is aborted while it waits is never run, and costs no process', async () => {
  const pool = open(fixture('slow-first'));
  const stop = new AbortController();
  const running = pool.run({ wait: 100 });
  const waiting = runUntil(pool, { wait: 1 }, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  const { pid } = await running;
  expect((await pool.run({ wait: 1 })).pid).toBe(pid);
});

test('the reason of the signal is what the task rejects with', async () => {
  const stop = new AbortController();
  const endless = runUntil(open(primes), { limit: Infinity }, stop.signal);
  stop.abort(new Error('enough'));
  await expect(endless).rejects.toThrow('enough');
});

test('a time limit ends an endless task by a TimeoutError, and a signal before that by its reason', async () => {
  const pool = open(primes);
  await expect(runWithin(pool, { limit: Infinity }, 50)).rejects.toMatchObject({ name: 'TimeoutError' });
  const silent = new AbortController().signal;
  await expect(runWithin(pool, { limit: Infinity }, 50, silent)).rejects.toMatchObject({ name: 'TimeoutError' });
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(runWithin(pool, { limit: Infinity }, 60_000, signal)).rejects.toThrow('too late');
});

test('a task that is done in time is answered, and an error of its own passes through', async () => {
  const pool = open(primes);
  expect(await runWithin(pool, { limit: 20_000 }, 60_000)).toMatchObject({ primes: 2_262 });
  await expect(runWithin(pool, { limit: 0 }, 60_000)).rejects.toMatchObject({ name: 'RangeError' });
});
