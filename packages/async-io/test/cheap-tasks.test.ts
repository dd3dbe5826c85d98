import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startTasks, startThreads, startTimers } from '../src/cheap-tasks/recipe.ts';
import { weigh } from '../src/cheap-tasks/proof/weigh.ts';

const sumTo = (count: number): number => (count === 0 ? 0 : (count * (count - 1)) / 2);

test('any number of tasks wait at once, and each ends with its own message, sent once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(2_000), async (count) => {
      const tasks = startTasks(count);
      expect(tasks.waiting()).toBe(count);
      expect(await tasks.release()).toBe(sumTo(count));
      expect(tasks.waiting()).toBe(0);
    }),
    { numRuns: 25 },
  );
});

test('1,000 timers wait at once, and each ends once', async () => {
  const timers = startTimers(1_000, 20);
  expect(timers.waiting()).toBe(1_000);
  expect(await timers.release()).toBe(sumTo(1_000));
  expect(timers.waiting()).toBe(0);
});

test('threads wait until they are released, and are gone then', async () => {
  const threads = await startThreads(3);
  expect(threads.waiting()).toBe(3);
  expect(await threads.release()).toBe(3);
  expect(threads.waiting()).toBe(0);
});

describe('the weight', () => {
  test('of 100,000 tasks is less than 4 KiB each, and all of them waited', async () => {
    const { waiting, bytes, sum } = await weigh('task', 100_000);
    expect(waiting).toBe(100_000);
    expect(sum).toBe(sumTo(100_000));
    expect(bytes).toBeGreaterThan(100);
    expect(bytes).toBeLessThan(4_096);
  });

  test('of a thread is more than a MiB', async () => {
    const { waiting, bytes } = await weigh('thread', 4);
    expect(waiting).toBe(4);
    expect(bytes).toBeGreaterThan(2 ** 20);
  });

  test('is not asked for once the signal is aborted, and a process that runs is ended by it', async () => {
    await expect(weigh('task', 10, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    const stop = new AbortController();
    const asked = weigh('thread', 200, stop.signal);
    setTimeout(() => stop.abort(), 100);
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});
