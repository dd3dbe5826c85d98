import assert from 'node:assert/strict';
import { openProcesses } from '../../src/cpu-scaling/recipe.ts';

const processes = openProcesses<{ n: number }, number>(new URL('./cpu-scaling-task.ts', import.meta.url), 2);
try {
  assert.deepEqual(await processes.run([{ n: 1_000 }, { n: 2_000 }, { n: 3_000 }]), [500_500, 2_001_000, 4_501_500]);
  console.log('Two processes summed three ranges.');
} finally {
  await processes.close();
}
