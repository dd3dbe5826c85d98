import assert from 'node:assert/strict';
import { openAbortablePool } from '../../src/pool-abort/recipe.ts';

const pool = openAbortablePool<number, number>(new URL('./pool-abort-task.ts', import.meta.url), 1);
await assert.rejects(pool.runWithin(Infinity, 100), { name: 'TimeoutError' });
const { signal } = new AbortController();
assert.equal(await pool.run(1, signal), 1);
await pool.close();
console.log('An endless task was ended, and the next one was done.');
