import assert from 'node:assert/strict';
import { runTask } from '../../src/same-interface/recipe.ts';

const task = new URL('./same-interface-task.ts', import.meta.url);
for (const place of ['thread', 'process'] as const) {
  assert.equal(await runTask(task, 9, { in: place }), 3);
  await assert.rejects(runTask(task, -1, { in: place }), RangeError);
}
console.log('A thread and a process gave the same answer and the same error.');
