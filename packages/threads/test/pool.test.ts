import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { mostOf, newCounters } from '../src/pool/proof/compute-task.ts';
import type { Computing } from '../src/pool/proof/compute-task.ts';
import { openPool, runAll } from '../src/pool/recipe.ts';

type Pool = ReturnType<typeof openPool<Computing, number>>;

const pools: { destroy(): Promise<void> }[] = [];
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
  await Promise.all(Array.from({ length: 5 }, () => pool.run({ counters: newCounters(), ms: 10 })));
  const { runTime, waitTime } = pool.histogram;
  expect(runTime.min).toBeGreaterThanOrEqual(9);
  expect(waitTime.max).toBeGreaterThanOrEqual(30); // the last of five waited for four
});

const fixture = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);

/** Opens a pool for a fixture, and destroys it after the test. */
function openFor<Input, Output>(name: string, threads: number): ReturnType<typeof openPool<Input, Output>> {
  const pool = openPool<Input, Output>(fixture(name), threads);
  pools.push(pool);
  return pool;
}

test('after a failure no further input is begun, and the pool goes on', async () => {
  const pool = openFor<{ begun: Int32Array; fails: boolean }, number>('fail-one', 2);
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const inputs = Array.from({ length: 200 }, (_, index) => ({ begun, fails: index === 2 }));
  await expect(runAll(pool, inputs)).rejects.toThrow('the third failed');
  const then = begun[0]!;
  expect(then).toBeLessThan(10);
  await sleep(100);
  expect(await pool.run({ begun, fails: false })).toBe(then + 1);
});

test.each([1, 3])(
  'a module that is not there rejects every task of %i threads, and the program lives on',
  async (threads) => {
    const pool = openFor<number, number>('no-such-task', threads);
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => pool.run(n)));
    for (const outcome of outcomes) expect(String((outcome as PromiseRejectedResult).reason)).toContain('no-such-task');
    await expect(pool.run(6)).rejects.toThrow('no-such-task');
    expect(pool.threads.length).toBe(0);
  },
);

test('a module that is not there rejects the first task of a pool that was idle until then', async () => {
  const pool = openFor<number, number>('no-such-task', 2);
  await sleep(300);
  await expect(pool.run(1)).rejects.toThrow('no-such-task');
});

test('an output that cannot be cloned rejects its task with a DataCloneError, and its thread is replaced', async () => {
  const pool = openFor<string, number>('failing', 1);
  await expect(pool.run('return a function')).rejects.toMatchObject({ name: 'DataCloneError' });
  await expect(pool.run('throw')).rejects.toThrow('the task failed');
});

test.each(['close', 'destroy'] as const)(
  'after %s, called twice, every run rejects and no thread is left',
  async (way) => {
    const pool = open(1);
    const running = pool.run({ counters: newCounters(), ms: 50 }).catch((error: Error) => error.message);
    await sleep(20);
    await Promise.all([pool[way](), pool[way]()]);
    await expect(pool.run({ counters: newCounters(), ms: 1 })).rejects.toThrow('Expected an open pool, it is closed');
    expect(pool.threads.length).toBe(0);
    expect(await running).toBe(way === 'close' ? 50 : 'Terminating worker thread');
  },
);

test.each([0, -1, 1.5])('%s threads are refused', (threads) => {
  expect(() => open(threads)).toThrow(`Expected \`threads\` to be an integer from 1 up, got ${threads}`);
});
