import assert from 'node:assert/strict';
import { startLeasedWorker } from '../../src/killed-worker/recipe.ts';
import { map } from '../../src/map-over-machines/recipe.ts';

const database = process.env['DATABASE_URL'];
if (database === undefined) {
  console.log('Set DATABASE_URL to a PostgreSQL to run this.');
} else {
  const name = `doubles-${process.pid}`;
  const task = new URL('./killed-worker-task.ts', import.meta.url);
  const worker = startLeasedWorker(database, name, task, {
    lease: 10_000,
    onLost: (job) => console.log(`lost: ${job}`),
  });
  const doubles = await map<number>(database, name, [1, 2, 3], 1);
  await worker.close();
  assert.deepEqual(doubles, [2, 4, 6]);
  console.log('A worker with a lease of ten seconds doubled three numbers.');
}
