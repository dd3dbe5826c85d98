import assert from 'node:assert/strict';
import { openPool, runAll } from '../../src/pool/recipe.ts';

const pool = openPool<number, number>(new URL('./pool-task.ts', import.meta.url), 2);
assert.deepEqual(await runAll(pool, [1_000, 2_000, 3_000]), [500_500, 2_001_000, 4_501_500]);
assert.equal(await pool.run(10), 55);
await pool.destroy();
console.log('A pool of two threads summed four ranges.');
