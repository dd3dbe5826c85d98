// The same calls in a loop, one in flight, and all together.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { inALoop, limited } from '../../src/sequential-await/recipe.ts';

let [running, most] = [0, 0];
const get = async (number: number) => {
  most = Math.max(most, ++running);
  await sleep(10);
  running--;
  return number * 2;
};
assert.deepEqual(await inALoop([1, 2, 3], get), [2, 4, 6]);
assert.equal(most, 1);
assert.deepEqual(await limited([1, 2, 3], get), [2, 4, 6]);
assert.equal(most, 3);
console.log('One in flight in a loop, three with a limit of 8.');
