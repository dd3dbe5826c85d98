import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { inAWindow } from '../../src/await-in-the-loop/recipe.ts';

// In place of a pool's `run`: it counts how many tasks are in flight.
let [inFlight, most] = [0, 0];
const double = async (n: number): Promise<number> => {
  most = Math.max(most, ++inFlight);
  await sleep(5);
  inFlight--;
  return 2 * n;
};

assert.deepEqual(await inAWindow([1, 2, 3, 4, 5, 6], double, 2), [2, 4, 6, 8, 10, 12]);
assert.equal(most, 2);
console.log('Six tasks were done, two at a time.');
