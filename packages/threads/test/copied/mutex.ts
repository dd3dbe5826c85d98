import assert from 'node:assert/strict';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { Mutex, MUTEX_WORDS } from '../../src/mutex/recipe.ts';
import { sharedWords } from '../../src/mutex/shared-words.ts';
import type { SharedWords } from '../../src/mutex/shared-words.ts';

// This file is both the program and what its threads run: the lock is the first of two words, the counter the other.
const memory = isMainThread ? sharedWords(MUTEX_WORDS + 1) : (workerData as SharedWords);
if (isMainThread) {
  const threads = [1, 2].map(() => new Worker(new URL(import.meta.url), { workerData: memory }));
  await Promise.all(threads.map((thread) => new Promise((resolve) => thread.once('exit', resolve))));
  assert.equal(memory[1], 20_000);
  console.log('Two threads took the lock 20000 times, and no count was lost.');
} else {
  const mutex = new Mutex(memory);
  for (let n = 0; n < 10_000; n++) mutex.withLock(() => memory[1]!++);
}
