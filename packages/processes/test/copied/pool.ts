import assert from 'node:assert/strict';
import { openPool } from '../../src/pool/recipe.ts';

const pool = openPool<number, number>(new URL('./pool-task.ts', import.meta.url), 2);
try {
  const sums = await Promise.all([1_000, 2_000, 3_000].map((n) => pool.run(n)));
  assert.deepEqual(sums, [500_500, 2_001_000, 4_501_500]);
  console.log('A pool of two processes summed three ranges.');
} finally {
  await pool.destroy();
}
