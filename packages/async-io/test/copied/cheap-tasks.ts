import assert from 'node:assert/strict';
import { startTasks } from '../../src/cheap-tasks/recipe.ts';

const tasks = startTasks(100_000);
assert.equal(tasks.waiting(), 100_000);
const sum = await tasks.release(); // each task receives its own number
assert.equal(sum, (100_000 * 99_999) / 2);
console.log(`100000 tasks waited at once, and each received its message: the sum is ${sum}.`);
