import assert from 'node:assert/strict';
import { openThreads } from '../../src/cpu-scaling/recipe.ts';

const threads = openThreads<number, number>(new URL('./cpu-scaling-task.ts', import.meta.url), 2);
try {
  assert.deepEqual(await threads.run([1_000, 2_000, 3_000]), [500_500, 2_001_000, 4_501_500]);
  console.log('Two threads summed three ranges.');
} finally {
  await threads.close();
}
