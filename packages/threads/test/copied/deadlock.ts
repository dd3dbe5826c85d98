import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isMainThread, threadId, Worker, workerData } from 'node:worker_threads';
import { ways, withBoth } from '../../src/deadlock/recipe.ts';
import { Mutex } from '../../src/mutex/recipe.ts';
import { sharedWords } from '../../src/mutex/shared-words.ts';
import type { SharedWords } from '../../src/mutex/shared-words.ts';

// This file is both the program and what its threads run: two locks, and two accounts with one lock each.
const memory: SharedWords = isMainThread ? sharedWords(4) : workerData;
const locks = [new Mutex(memory, 0), new Mutex(memory, 1)];
if (isMainThread) {
  const threads = [1, 2].map(() => new Worker(new URL(import.meta.url), { workerData: memory }));
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
  assert.deepEqual([...memory.subarray(2)], [0, 0]);
  console.log('Two threads moved 1000 both ways.');
} else {
  const [from, to] = threadId === 1 ? [0, 1] : [1, 0];
  const transfer = () => [memory[2 + from]!--, memory[2 + to]!++];
  for (let n = 0; n < 1_000; n++) withBoth(ways['one order'], locks, from, to, transfer);
}
