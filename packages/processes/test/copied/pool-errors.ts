import assert from 'node:assert/strict';
import { openPool } from '../../src/pool/recipe.ts';
import { runTask } from '../../src/pool-errors/recipe.ts';

const pool = openPool<number, number>(new URL('./pool-errors-task.ts', import.meta.url), 1);
try {
  await assert.rejects(runTask(pool, -1), RangeError);
  await assert.rejects(runTask(pool, NaN), /Worker exited unexpectedly/);
  assert.equal(await runTask(pool, 9), 3);
  console.log('A task threw, a task crashed, and the pool computed the next.');
} finally {
  await pool.destroy();
}
