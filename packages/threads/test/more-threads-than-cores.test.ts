import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { computeBoth } from '../src/more-threads-than-cores/proof/computing.ts';
import { waitingTasks, waitingThreads } from '../src/more-threads-than-cores/recipe.ts';

const context = { budget: 1_000, signal: new AbortController().signal, screen: { columns: 80, draw() {}, print() {} } };

test.each([
  ['4 threads', () => waitingThreads(4)],
  ['async tasks', () => waitingTasks()],
])('every wait of %s is done', async (_, open) => {
  const waiter = open();
  expect(await waiter.wait(20, 1)).toBe(20);
  expect(await waiter.wait(0, 1)).toBe(0);
  await waiter.close();
});

test('a thread takes one wait at a time: 6 of 20 ms on 2 threads take at least 3 x 20 ms', async () => {
  const waiter = waitingThreads(2);
  await waiter.wait(2, 1);
  const start = performance.now();
  await waiter.wait(6, 20);
  expect(performance.now() - start).toBeGreaterThanOrEqual(59);
  await waiter.close();
});

test('waiting threads do not block the event loop of the caller', async () => {
  const waiter = waitingThreads(1);
  await waiter.wait(1, 1);
  const order: string[] = [];
  await Promise.all([waiter.wait(1, 200).then(() => order.push('waited')), sleep(10).then(() => order.push('timer'))]);
  expect(order).toEqual(['timer', 'waited']);
  await waiter.close();
});

test('the same work is done by few threads and by many, which all take part and each have a heap', async () => {
  const trials = await computeBoth(1, 5, context);
  for (const { few, many, heaps } of trials) {
    expect(heaps).toHaveLength(5);
    expect(Math.min(...heaps)).toBeGreaterThan(1);
    expect(many.cpu).toBeGreaterThan(0);
    expect(few.wall).toBeGreaterThanOrEqual(few.cpu * 0.8);
  }
});
