import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { sharedWords } from '../../src/mutex/shared-words.ts';
import type { SharedWords } from '../../src/mutex/shared-words.ts';
import { TicketLock, TICKET_LOCK_WORDS } from '../../src/starvation/recipe.ts';

// This file is both the program and what its threads run: the words of the lock, and behind them a counter.
const memory: SharedWords = isMainThread ? sharedWords(TICKET_LOCK_WORDS + 1) : workerData;
const lock = new TicketLock(memory);
if (isMainThread) {
  const threads = [1, 2, 3].map(() => new Worker(new URL(import.meta.url), { workerData: memory }));
  for (const thread of threads) {
    const { threadId } = thread; // -1 once it has ended
    thread.once('exit', () => lock.recover(threadId)); // does nothing, unless it was killed in the queue
  }
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
  assert.equal(await lock.withLockAsync(async () => memory[TICKET_LOCK_WORDS]), 3_000);
  console.log('Three threads had 1000 turns each.');
} else {
  for (let n = 0; n < 1_000; n++) lock.withLock(() => memory[TICKET_LOCK_WORDS]!++);
}
