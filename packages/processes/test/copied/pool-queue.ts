import assert from 'node:assert/strict';
import { openBoundedPool, runAll, wasRefused } from '../../src/pool-queue/recipe.ts';

const pool = openBoundedPool<number, number>(new URL('./pool-queue-task.ts', import.meta.url), 1, 2);
try {
  const burst = await Promise.allSettled([1, 2, 3, 4].map((n) => pool.run(n)));
  assert.equal(burst.filter((end) => end.status === 'rejected' && wasRefused(end.reason)).length, 1);
  assert.deepEqual(await runAll(pool, [1, 2, 3, 4], 3), [2, 4, 6, 8]);
  console.log('The fourth task of four at once was refused; three at a time, all four were done.');
} finally {
  await pool.destroy();
}
