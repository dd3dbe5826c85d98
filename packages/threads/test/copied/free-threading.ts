import assert from 'node:assert/strict';
import { startProcess, startThread } from '../../src/free-threading/recipe.ts';

// The same module in a thread and in a process: its first message is the sum.
const task = new URL('./free-threading-task.ts', import.meta.url);
const started = [await startThread<number>(task), await startProcess<number>(task)];
for (const { message, stop } of started) {
  assert.equal(message, 500_500);
  await stop();
}
assert.equal(started[0]!.pid, process.pid);
console.log('A thread and a process computed the same sum.');
