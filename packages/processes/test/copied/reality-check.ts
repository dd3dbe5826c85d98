import assert from 'node:assert/strict';
import { coresBusy, watchCores } from '../../src/reality-check/recipe.ts';

const { result, samples } = await watchCores(() => {
  const end = performance.now() + 700;
  let turns = 0;
  while (performance.now() < end) turns++;
  return turns;
});
assert.ok(result > 0 && samples.length > 0);
console.log(`While this thread computed, ${coresBusy(samples).toFixed(1)} cores were busy.`);
