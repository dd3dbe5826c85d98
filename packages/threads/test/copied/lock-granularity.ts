import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { LockedTable } from '../../src/lock-granularity/recipe.ts';

// This file is both the program and what its threads run: a table of 100 rows with a lock for each.
const memory: ReturnType<typeof LockedTable.memory> = isMainThread ? LockedTable.memory(100, 'row') : workerData;
const table = new LockedTable(memory, 100, 'row');
if (isMainThread) {
  const threads = [1, 2].map(() => new Worker(new URL(import.meta.url), { workerData: memory }));
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
  assert.equal(table.sum, 20_000);
  console.log('Two threads made 20000 updates of 100 rows, and none was lost.');
} else {
  for (let n = 0; n < 10_000; n++) table.update(n % 100, (value) => value + 1);
}
