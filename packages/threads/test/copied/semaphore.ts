import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { Semaphore } from '../../src/semaphore/recipe.ts';

// This file is both the program and what its thread runs: the thread waits for a permit, and gives one in return.
const memory: Semaphore['memory'][] = isMainThread
  ? [Semaphore.create(0, 1).memory, Semaphore.create(0, 1).memory]
  : workerData;
const [ping, pong] = memory.map((words) => new Semaphore(words)) as [Semaphore, Semaphore];

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url), { workerData: memory });
  ping.release();
  assert.equal(await pong.acquireAsync(10_000), true); // the event loop is free meanwhile
  await once(thread, 'exit');
  console.log('Two threads took a turn each.');
} else {
  ping.acquire();
  pong.release();
}
