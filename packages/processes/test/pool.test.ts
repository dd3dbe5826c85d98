import { isAlive } from '@cookbook/lab/host';
import { afterEach, expect, test } from 'vitest';
import { openPool } from '../src/pool/recipe.ts';
import type { Pool } from '../src/pool/recipe.ts';
import type { Counted } from '../src/proof/primes-task.ts';

const fixture = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);
const primes = new URL('../src/proof/primes-task.ts', import.meta.url);

const pools: Pool<never, unknown>[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.destroy())));

function open<Input, Output>(task: URL, processes: number): Pool<Input, Output> {
  const pool = openPool<Input, Output>(task, processes);
  pools.push(pool);
  return pool;
}

test('two processes take part, and each task gets its own answer, though later ones are done first', async () => {
  const pool = open<{ wait: number }, { input: number; pid: number }>(fixture('slow-first'), 2);
  const outputs = await Promise.all([300, 1, 2, 3].map((wait) => pool.run({ wait })));
  expect(outputs.map(({ input }) => input)).toEqual([300, 1, 2, 3]);
  expect(new Set(outputs.map(({ pid }) => pid)).size).toBe(2);
});

test('types survive the way there and back', async () => {
  const pool = open<unknown, unknown>(fixture('echo'), 1);
  const value = { map: new Map([[1, new Set(['a'])]]), date: new Date(0), bytes: new Float64Array([1, NaN, Infinity]) };
  expect(await pool.run(value)).toEqual(value);
});

test('no process is left when the pool is closed, not even one that computes', async () => {
  const pool = openPool<{ limit: number }, Counted>(primes, 1);
  const { pid } = await pool.run({ limit: 2 });
  const endless = pool.run({ limit: Infinity });
  await Promise.all([expect(endless).rejects.toThrow('Terminating worker'), pool.destroy()]);
  expect(isAlive(pid)).toBe(false);
});
