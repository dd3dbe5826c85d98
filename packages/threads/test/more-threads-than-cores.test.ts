import { setTimeout as sleep } from 'node:timers/promises';
import { combine } from '@cookbook/lab/claim';
import { describe, expect, test } from 'vitest';
import { computeBoth, noGain } from '../src/more-threads-than-cores/proof/computing.ts';
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

describe('8 threads against 2', () => {
  const trials = (gain: number, waitingShare?: number) =>
    Array.from({ length: 5 }, () => ({
      few: { wall: 100 * gain, cpu: 100 },
      many: { wall: 100, cpu: 100 },
      waitingShare,
      heaps: [],
    }));
  const headline = (gain: number, waitingShare?: number) => combine([noGain(2, 8, trials(gain, waitingShare))]);

  test('that are as fast show that there is no gain', () => {
    const { judgement, headline: words } = headline(1, 0.5);
    expect(judgement).toEqual({ verdict: 'holds' });
    expect(words).toBe('For computing, 8 threads were 1x as fast as 2.');
  });

  test('that are faster while others had the cores took these from them', () => {
    const { judgement, headline: words } = headline(1.5, 0.3);
    expect(judgement).toMatchObject({ verdict: 'holds', qualifier: 'contended' });
    expect(words).toContain('other programs had the cores for 30 % of the time');
  });

  test.each([0.19, undefined])('that are faster on free cores refute it (waiting %s)', (waitingShare) => {
    const { judgement, headline: words } = headline(1.5, waitingShare);
    expect(judgement.verdict).toBe('refuted');
    expect(words).toBe('computing, 8 threads / 2 threads: 1.50x, at most 1.25x.');
  });
});
