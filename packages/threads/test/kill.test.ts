import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import {
  askThenKill,
  CLEANED_UP,
  kill,
  killAndRecover,
  LOCK,
  LOOPING,
  PROGRESS,
  startLoop,
} from '../src/kill/recipe.ts';
import type { Loop } from '../src/kill/recipe.ts';
import { Mutex } from '../src/mutex/recipe.ts';

const threads: Worker[] = [];
afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.terminate();
});

async function start(ignoresStop: boolean): Promise<{ loop: Loop; mutex: Mutex; progress: () => number }> {
  const loop = await startLoop({ ignoresStop });
  threads.push(loop.thread);
  const progress = (): number => Atomics.load(loop.memory, PROGRESS);
  return { loop, mutex: new Mutex(loop.memory, LOCK), progress };
}

test('a killed thread is gone, its finally has not run, and its lock stays held in its name', async () => {
  const { loop, mutex, progress } = await start(true);
  const { threadId } = loop.thread;
  await kill(loop);
  expect(loop.thread.threadId, 'the number of a thread that is gone').toBe(-1);
  expect(progress()).toBe(LOOPING);
  expect(mutex.tryLock(20)).toBe(false);
  expect(mutex.owner).toBe(threadId);
});

test('a recovered lock is free for the next one, and only the dead thread loses it', async () => {
  const { loop, mutex } = await start(true);
  expect(mutex.recover(loop.thread.threadId + 1_000), 'of a thread that does not hold it').toBe(false);
  expect(await killAndRecover(loop, mutex)).toBe(true);
  expect(mutex.owner).toBe(undefined);
  expect(mutex.tryLock()).toBe(true);
});

test('a lock is recovered when its thread is gone, and not before', async () => {
  const { loop, mutex } = await start(true);
  const ids: number[] = [];
  vi.spyOn(mutex, 'recover').mockImplementation((dead) => (ids.push(dead, loop.thread.threadId), true));
  const { threadId } = loop.thread;
  await killAndRecover(loop, mutex);
  expect(ids).toEqual([threadId, -1]);
});

test('a thread that sleeps for the lock of a dead one gets it by the recovery', async () => {
  const { loop, mutex } = await start(true);
  const waiter = new Worker(new URL('../src/kill/proof/waiter-task.ts', import.meta.url), {
    workerData: loop.memory,
    execArgv: [],
  });
  threads.push(waiter);
  const ended = once(waiter, 'exit');
  while (!mutex.contended) await new Promise((turn) => setTimeout(turn, 1));
  await killAndRecover(loop, mutex);
  expect(await ended).toEqual([0]);
  expect(mutex.owner, 'the waiter gave it back').toBe(undefined);
});

test('a thread that is asked ends with its finally, and its lock is free', async () => {
  const { loop, mutex, progress } = await start(false);
  expect(await askThenKill(loop, 5_000)).toBe(true);
  expect(progress()).toBe(CLEANED_UP);
  expect(mutex.tryLock()).toBe(true);
});

test('a thread that ignores the request is killed when the time limit is over', async () => {
  const { loop, progress } = await start(true);
  expect(await askThenKill(loop, 20)).toBe(false);
  expect(progress()).toBe(LOOPING);
  expect(loop.thread.threadId).toBe(-1);
});
