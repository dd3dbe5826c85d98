import assert from 'node:assert/strict';
import { waitingTasks, waitingThreads } from '../../src/more-threads-than-cores/recipe.ts';

const threads = waitingThreads(2);
const tasks = waitingTasks();
assert.equal(await threads.wait(6, 10), 6); // two at a time
assert.equal(await tasks.wait(1_000, 10), 1_000); // all at once
await threads.close();
console.log('Two threads waited 6 times, async tasks on one thread 1000 times.');
