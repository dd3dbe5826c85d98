import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openPool } from '../src/pool/recipe.ts';
import type { Pool } from '../src/pool/recipe.ts';
import { isCrash, runTask } from '../src/pool-errors/recipe.ts';

const pools: Pool<object, unknown>[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.destroy())));

function open(task: string, processes = 1): Pool<object, unknown> {
  const pool = openPool<object, unknown>(new URL(task, import.meta.url), processes);
  pools.push(pool);
  return pool;
}

async function errorOf(task: string, input: object): Promise<unknown> {
  return runTask(open(task), input).catch((reason: unknown) => reason);
}

test("a task's error is an error again, with its class, message and stack", async () => {
  const error = await errorOf('../src/proof/primes-task.ts', { limit: 0 });
  expect(error).toBeInstanceOf(RangeError);
  expect((error as RangeError).message).toBe('Expected `limit` to be a number from 2 up, got 0');
  expect((error as RangeError).stack).toContain('primes-task.ts');
});

test.each([
  [{ how: 'own error' }, { name: 'QuotaError', message: 'no more' }],
  [{ how: 'code' }, { name: 'Error', code: 'ENOENT', message: 'no such file' }],
])('an error by %j is an Error that keeps its name and its own properties', async (input, like) => {
  const error = await errorOf('./fixtures/echo.ts', input);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject(like);
});

test('a thrown value rejects with that value', async () => {
  expect(await errorOf('./fixtures/echo.ts', { how: 'no error' })).toBe('a text');
});

test('a process that ends in the middle of a task rejects it, and is replaced', async () => {
  const pool = open('./fixtures/echo.ts');
  await expect(runTask(pool, { how: 'exit' })).rejects.toThrow('Worker exited unexpectedly');
  expect(await runTask(pool, { answer: 42 })).toEqual({ answer: 42 });
});

test('a process that ends in the middle of a task leaves the task of the other process alone', async () => {
  const pool = open('../src/pool-errors/proof/crash-task.ts', 2);
  const other = runTask(pool, { wait: 500 });
  await expect(runTask(pool, { wait: 10, crash: true })).rejects.toThrow('Worker exited unexpectedly');
  expect(await other).toEqual({ pid: expect.any(Number) });
});

test('a task whose process crashed is run again as often as is asked for, one that throws is not', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'attempts-'));
  const pool = open('./fixtures/echo.ts');
  const once = (name: string) => ({ how: 'exit once', mark: path.join(folder, name) });
  const crashed: unknown = await runTask(pool, once('a')).catch((reason: unknown) => reason);
  expect(isCrash(crashed)).toBe(true);
  expect(await runTask(pool, once('b'), { attempts: 2 })).toBe('second attempt');
  await expect(runTask(pool, { how: 'exit' }, { attempts: 2 })).rejects.toThrow('Worker exited unexpectedly');
  expect(await runTask(pool, once('c'), { attempts: 2 })).toBe('second attempt');
  const thrown: unknown = await runTask(pool, { how: 'code' }, { attempts: 2 }).catch((reason: unknown) => reason);
  expect([thrown, isCrash(thrown)]).toMatchObject([{ code: 'ENOENT' }, false]);
  rmSync(folder, { recursive: true });
});

test.each([0, 1.5, Infinity])('%s attempts are refused', async (attempts) => {
  await expect(runTask(open('./fixtures/echo.ts'), {}, { attempts })).rejects.toThrow(
    `Expected \`attempts\` to be an integer from 1 up, got ${attempts}`,
  );
});
