import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { sharedWords } from '../../src/mutex/shared-words.ts';
import type { SharedWords } from '../../src/mutex/shared-words.ts';
import { ReadWriteLock, READ_WRITE_LOCK_WORDS } from '../../src/read-write-lock/recipe.ts';

// This file is both the program and what its writer runs: a lock, and two numbers that always add up to 0.
const memory: SharedWords = isMainThread ? sharedWords(READ_WRITE_LOCK_WORDS + 2) : workerData;
const [lock, numbers] = [new ReadWriteLock(memory), memory.subarray(READ_WRITE_LOCK_WORDS)];

if (isMainThread) {
  const exit = once(new Worker(new URL(import.meta.url), { workerData: memory }), 'exit');
  for (let n = 0; n < 10_000; n++)
    assert.equal(
      lock.withRead(() => numbers[0]! + numbers[1]!),
      0,
    );
  await exit;
  assert.equal(await lock.withReadAsync(async () => numbers[0]), 10_000);
  console.log('10000 reads beside 10000 writes saw both halves of each write, or none.');
} else {
  for (let n = 0; n < 10_000; n++) {
    lock.withWrite(() => {
      numbers[0]!++;
      numbers[1]!--;
    });
  }
}
