import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { begunOf, newCounters } from '../src/pool/proof/compute-task.ts';
import type { Computing } from '../src/pool/proof/compute-task.ts';
import { openBoundedPool } from '../src/pool-backpressure/recipe.ts';
import type { BoundedPool } from '../src/pool-backpressure/recipe.ts';

type Options = Parameters<typeof openBoundedPool>[1];

const pools: BoundedPool<Computing, number>[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

function open(options: Options): BoundedPool<Computing, number> {
  const task = new URL('../src/pool/proof/compute-task.ts', import.meta.url);
  const pool = openBoundedPool<Computing, number>(task, options);
  pools.push(pool);
  return pool;
}

async function begun(counters: Int32Array): Promise<void> {
  while (begunOf(counters) === 0) await sleep(1);
}

const times = <T>(count: number, run: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => run(n));

test('more tasks than places wait: none is refused, and Piscina never holds more than threads and queue', async () => {
  const pool = open({ threads: 1, maxQueue: 2 });
  const counters = newCounters();
  const { signal } = new AbortController();
  let most = 0;
  const watch = (): void => void (most = Math.max(most, pool.piscina.queueSize));
  const wave = (): Promise<number[]> =>
    Promise.all(times(10, () => pool.run({ counters, ms: 1 }, signal).finally(watch)));
  setImmediate(watch);
  expect(await wave()).toHaveLength(10);
  expect(await wave(), 'places that were given back are the places that there were').toHaveLength(10);
  expect(most, 'as many as the queue has room for').toBe(2);
});

test.each([0, 3, 10])('with a queue of %i, callers get a place or a thread in turn', async (maxQueue) => {
  const pool = open({ threads: 1, maxQueue });
  const order: number[] = [];
  await Promise.all(times(6, (n) => pool.run({ counters: newCounters(), ms: 6 - n }).then(() => order.push(n))));
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a signal takes back a caller that waits for a place, and no place is lost by it', async () => {
  const pool = open({ threads: 1, maxQueue: 0 });
  const [running, waiting] = [new AbortController(), new AbortController()];
  const counters = newCounters();
  const endless = pool.run({ counters, ms: Infinity }, running.signal).catch(({ name }: Error) => name);
  await begun(counters);
  const withdrawn = newCounters();
  const refused = pool.run({ counters: withdrawn, ms: 1 }, waiting.signal);
  const next = pool.run({ counters: newCounters(), ms: 2 });
  waiting.abort();
  await expect(refused).rejects.toMatchObject({ name: 'AbortError' });
  running.abort();
  expect(await endless).toBe('AbortError');
  expect(await next).toBe(2);
  expect(begunOf(withdrawn)).toBe(0);
  expect(await pool.run({ counters: newCounters(), ms: 3 })).toBe(3);
});

test('close ends what runs, is queued and waits for a place, and starts no thread', async () => {
  const pool = open({ threads: 1, maxQueue: 1 });
  const counters = newCounters();
  const all = Promise.allSettled(times(10, () => pool.run({ counters, ms: Infinity })));
  await begun(counters);
  await pool.close();
  const outcomes = await all;
  expect(outcomes.map(({ status }) => status)).toEqual(times(10, () => 'rejected'));
  expect(outcomes.at(-1)).toMatchObject({ reason: { message: 'Expected an open pool, it is closed' } });
  expect(pool.piscina.threads.length).toBe(0);
});

test('a signal that ends many tasks has no listener left once they are done', async () => {
  const pool = open({ threads: 2, maxQueue: 2 });
  const { signal } = new AbortController();
  let listeners = 0;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
  signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
  await Promise.all(times(12, () => pool.run({ counters: newCounters(), ms: 0 }, signal)));
  expect(listeners).toBe(0);
});

test('a signal that is aborted already starts nothing', async () => {
  const pool = open({ threads: 1, maxQueue: 0 });
  const counters = newCounters();
  await expect(pool.run({ counters, ms: 1 }, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  expect(await pool.run({ counters, ms: 1 })).toBe(1);
  expect(begunOf(counters)).toBe(1);
});

test.each([
  [{ threads: 0, maxQueue: 1 }, '`threads` to be an integer from 1 up, got 0'],
  [{ threads: 1.5, maxQueue: 1 }, '`threads` to be an integer from 1 up, got 1.5'],
  [{ threads: 1, maxQueue: -1 }, '`maxQueue` to be an integer from 0 up, got -1'],
])('%o is refused', (options, message) => {
  expect(() => open(options)).toThrow(`Expected ${message}`);
});
