import assert from 'node:assert/strict';
import { openPool } from '../../src/pool/recipe.ts';
import { runWithin } from '../../src/pool-abort/recipe.ts';

const pool = openPool<number, number>(new URL('./pool-abort-task.ts', import.meta.url), 1);
try {
  await assert.rejects(runWithin(pool, Infinity, 100), { name: 'TimeoutError' });
  assert.equal(await runWithin(pool, 1_000, 20_000), 1_000);
  console.log('An endless task ended after 100 ms, and the pool ran the next.');
} finally {
  await pool.destroy();
}
