import assert from 'node:assert/strict';
import { map, startWorker } from '../../src/map-over-machines/recipe.ts';

const database = process.env['DATABASE_URL'];
if (database === undefined) {
  console.log('Set DATABASE_URL to a PostgreSQL to run this.');
} else {
  const name = `squares-${process.pid}`;
  const worker = startWorker(database, name, new URL('./map-over-machines-task.ts', import.meta.url), { lanes: 2 });
  const squares = await map<number>(database, name, [1, 2, 3, 4, 5], 2);
  await worker.close();
  assert.deepEqual(squares, [1, 4, 9, 16, 25]);
  console.log('Two lanes squared five numbers.');
}
