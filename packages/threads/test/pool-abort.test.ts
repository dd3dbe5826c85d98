import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { begunOf, newCounters } from '../src/pool/proof/compute-task.ts';
import type { Computing } from '../src/pool/proof/compute-task.ts';
import { openAbortablePool } from '../src/pool-abort/recipe.ts';
import type { AbortablePool } from '../src/pool-abort/recipe.ts';

const task = new URL('../src/pool/proof/compute-task.ts', import.meta.url);
const { signal } = new AbortController();

let pool: AbortablePool<Computing, number>;
afterEach(() => pool.close());

async function begun(counters: Int32Array): Promise<void> {
  while (begunOf(counters) === 0) await sleep(1);
}

test('a signal ends an endless task, and the pool goes on with another thread', async () => {
  pool = openAbortablePool(task, 1);
  const stop = new AbortController();
  const counters = newCounters();
  const endless = pool.run({ counters, ms: Infinity }, stop.signal);
  await begun(counters);
  const [before] = pool.threadIds();
  stop.abort();
  await expect(endless).rejects.toMatchObject({ name: 'AbortError' });
  expect(await pool.run({ counters: newCounters(), ms: 1 }, signal)).toBe(1);
  const after = pool.threadIds();
  expect(after).toHaveLength(1);
  expect(after).not.toContain(before);
});

test('a signal takes a task back from the queue, and the others are not disturbed', async () => {
  pool = openAbortablePool(task, 1);
  const [running, queued] = [new AbortController(), new AbortController()];
  const counters = newCounters();
  const endless = pool.run({ counters, ms: Infinity }, running.signal).catch(({ name }: Error) => name);
  await begun(counters);
  const [before] = pool.threadIds();
  const withdrawn = newCounters();
  const refused = pool.run({ counters: withdrawn, ms: 1 }, queued.signal);
  const next = pool.run({ counters: newCounters(), ms: 2 }, signal);
  queued.abort();
  await expect(refused).rejects.toMatchObject({ name: 'AbortError' });
  expect(pool.threadIds(), 'the thread of the running task').toEqual([before]);
  running.abort();
  expect(await endless).toBe('AbortError');
  expect(await next).toBe(2);
  expect(begunOf(withdrawn)).toBe(0);
});

test('a task within its time is answered, an endless one is ended', async () => {
  pool = openAbortablePool(task, 1);
  expect(await pool.runWithin({ counters: newCounters(), ms: 1 }, 10_000)).toBe(1);
  await expect(pool.runWithin({ counters: newCounters(), ms: Infinity }, 30)).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  expect(await pool.runWithin({ counters: newCounters(), ms: 2 }, 10_000)).toBe(2);
});

test.each([-1, 1.5, 2 ** 31, Infinity, NaN])('a limit of %s ms is refused', async (ms) => {
  pool = openAbortablePool(task, 1);
  await expect(pool.runWithin({ counters: newCounters(), ms: 1 }, ms)).rejects.toThrow(
    `Expected \`ms\` to be an integer from 0 to 2147483647, got ${ms}`,
  );
});

test('a signal that is aborted already starts nothing', async () => {
  pool = openAbortablePool(task, 1);
  const counters = newCounters();
  await expect(pool.run({ counters, ms: 1 }, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  expect(await pool.run({ counters, ms: 1 }, signal)).toBe(1);
  expect(begunOf(counters)).toBe(1);
});
