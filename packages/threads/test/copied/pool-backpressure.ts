import assert from 'node:assert/strict';
import { openBoundedPool } from '../../src/pool-backpressure/recipe.ts';

const task = new URL('./pool-backpressure-task.ts', import.meta.url);
const pool = openBoundedPool<number, number>(task, { threads: 1, maxQueue: 2 });
const done = await Promise.all(Array.from({ length: 20 }, () => pool.run(1)));
assert.equal(done.length, 20);
await pool.close();
console.log(`A burst of ${done.length} tasks waited for places, and none was refused.`);
