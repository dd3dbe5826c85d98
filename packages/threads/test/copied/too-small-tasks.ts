import assert from 'node:assert/strict';
import { Piscina } from 'piscina';
import { eachAsATask, inBatches } from '../../src/too-small-tasks/recipe.ts';

const filename = new URL('./too-small-tasks-task.ts', import.meta.url).href;
const pool = new Piscina<number[], number[]>({ filename, minThreads: 2, maxThreads: 2 });
const inputs = Array.from({ length: 1_000 }, (_, n) => n);
const squares = inputs.map((n) => n * n);

assert.deepEqual(await eachAsATask(inputs, pool), squares);
assert.deepEqual(await inBatches(inputs, pool, 250), squares);
console.log(`${inputs.length} squares, in ${pool.completed} messages.`);
await pool.destroy();
