import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { sumOfColumns, sumOfSales, toColumns, transferList } from '../../src/cloning-costs/recipe.ts';
import type { Columns, Sale } from '../../src/cloning-costs/recipe.ts';

// This file is both the program and its worker, which answers columns with their sums.
if (isMainThread) {
  const sale: Sale = { id: 1, customer: { name: 'Ann', city: 'Rome' }, region: 2, cents: 250, tags: [] };
  const columns = toColumns([sale, { ...sale, id: 2, cents: 50 }], 'owned');
  const worker = new Worker(new URL(import.meta.url));
  worker.postMessage(columns, transferList(columns));
  const [sums] = await once(worker, 'message');
  assert.deepEqual(sums, sumOfSales([{ ...sale, cents: 300 }]));
  assert.equal(columns.cents.length, 0);
  console.log(`The worker summed ${sums[2]} cents; the columns have left this thread.`);
} else {
  parentPort!.once('message', (columns: Columns) => parentPort!.postMessage(sumOfColumns(columns)));
}
