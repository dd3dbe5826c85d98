import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { newSeen } from '../src/pool/proof/compute-task.ts';
import type { Play } from '../src/pool/proof/compute-task.ts';
import { openPool } from '../src/pool/recipe.ts';
import type { Pool, PoolOptions } from '../src/pool/recipe.ts';

const pools: Pool<Play, number>[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

function open(options: PoolOptions): Pool<Play, number> {
  const pool = openPool<Play, number>(new URL('../src/pool/proof/compute-task.ts', import.meta.url), options);
  pools.push(pool);
  return pool;
}

async function begun(seen: Int32Array, count = 1): Promise<void> {
  while (Atomics.load(seen, 2) < count) await sleep(1);
}

const times = <T>(count: number, run: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => run(n));

test('answers come back to their own questions, and as many run at once as there are threads', async () => {
  const pool = open({ threads: 3, maxQueue: 3 });
  const seen = newSeen();
  const ms = times(12, (n) => 10 + n);
  expect(await Promise.all(ms.map((each) => pool.run({ seen, ms: each })))).toEqual(ms);
  expect(seen[1]).toBe(3);
});

test('more tasks than places wait: none is refused, and Piscina never holds more than threads and queue', async () => {
  const pool = open({ threads: 1, maxQueue: 2 });
  const seen = newSeen();
  const { signal } = new AbortController();
  let most = 0;
  const wave = (): Promise<number[]> =>
    Promise.all(
      times(10, () => pool.run({ seen, ms: 1 }, signal).finally(() => (most = Math.max(most, pool.piscina.queueSize)))),
    );
  expect(await wave()).toHaveLength(10);
  expect(await wave(), 'places that were given back are the places that there were').toHaveLength(10);
  expect(most).toBeLessThanOrEqual(2);
});

test.each([0, 3, 10])('with a queue of %i, who waits for a place or a thread gets it in turn', async (maxQueue) => {
  const pool = open({ threads: 1, maxQueue });
  const order: number[] = [];
  await Promise.all(times(6, (n) => pool.run({ seen: newSeen(), ms: 6 - n }).then(() => order.push(n))));
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a signal ends an endless task, and the pool goes on with another thread', async () => {
  const pool = open({ threads: 1, maxQueue: 1 });
  const stop = new AbortController();
  const seen = newSeen();
  const loop = pool.run({ seen, ms: Infinity }, stop.signal);
  await begun(seen);
  const [before] = pool.piscina.threads.map(({ threadId }) => threadId);
  stop.abort();
  await expect(loop).rejects.toMatchObject({ name: 'AbortError' });
  expect(await pool.run({ seen: newSeen(), ms: 1 })).toBe(1);
  const after = pool.piscina.threads.map(({ threadId }) => threadId);
  expect(after).toHaveLength(1);
  expect(after).not.toContain(before);
});

test('a signal takes back who waits for a place, and nobody loses a place by it', async () => {
  const pool = open({ threads: 1, maxQueue: 0 });
  const [running, waiting] = [new AbortController(), new AbortController()];
  const seen = newSeen();
  const loop = pool.run({ seen, ms: Infinity }, running.signal).catch(({ name }: Error) => name);
  await begun(seen);
  const refused = pool.run({ seen: newSeen(), ms: 1 }, waiting.signal);
  const patient = pool.run({ seen: newSeen(), ms: 2 });
  waiting.abort();
  await expect(refused).rejects.toMatchObject({ name: 'AbortError' });
  running.abort();
  expect(await loop).toBe('AbortError');
  expect(await patient).toBe(2);
  expect(await pool.run({ seen: newSeen(), ms: 3 })).toBe(3);
});

test('a signal that is aborted already starts nothing', async () => {
  const pool = open({ threads: 1, maxQueue: 0 });
  const seen = newSeen();
  await expect(pool.run({ seen, ms: 1 }, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  expect(await pool.run({ seen, ms: 1 })).toBe(1);
  expect(seen[2]).toBe(1);
});

test('the time in the queue and the time on a thread are recorded', async () => {
  const pool = open({ threads: 1, maxQueue: 4 });
  await Promise.all(times(5, () => pool.run({ seen: newSeen(), ms: 10 })));
  const { runTime, waitTime } = pool.piscina.histogram;
  expect(runTime.min).toBeGreaterThanOrEqual(9);
  expect(waitTime.max).toBeGreaterThanOrEqual(30); // the last of five waited for four
});

test.each([
  [{ threads: 0, maxQueue: 1 }, '`threads` to be an integer from 1 up, got 0'],
  [{ threads: 1.5, maxQueue: 1 }, '`threads` to be an integer from 1 up, got 1.5'],
  [{ threads: 1, maxQueue: -1 }, '`maxQueue` to be an integer from 0 up, got -1'],
])('%o is refused', (options, message) => {
  expect(() => open(options)).toThrow(`Expected ${message}`);
});
