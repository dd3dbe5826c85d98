import assert from 'node:assert/strict';
import { inSlices, inWorker } from '../../src/responsiveness/recipe.ts';

/** The sum of the numbers from 1 to `n`, which may be interrupted after each thousand. */
function* sum(n: number): Generator<void, number> {
  let total = 0;
  for (let next = 1; next <= n; next++) {
    total += next;
    if (next % 1_000 === 0) yield;
  }
  return total;
}

let ticks = 0;
const clock = setInterval(() => ticks++, 1);
assert.equal(await inSlices(sum(5_000_000), 5), 12_500_002_500_000);
const task = new URL('./responsiveness-task.ts', import.meta.url);
assert.equal(await inWorker<number>(task, 5_000_000), 12_500_002_500_000);
clearInterval(clock);
assert.ok(ticks > 0);
console.log('Two sums were computed while a clock went on.');
