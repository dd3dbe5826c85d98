// Five calls with two in flight: every result is there, the failures too.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { limited } from '../../src/unbounded/recipe.ts';

let [running, most] = [0, 0];
const get = async (number: number) => {
  most = Math.max(most, ++running);
  await sleep(10);
  running--;
  if (number === 3) throw new Error('no 3');
  return number;
};
const settled = await limited([1, 2, 3, 4, 5], get, 2);
assert.deepEqual(
  settled.map(({ status }) => status === 'fulfilled'),
  [true, true, false, true, true],
);
assert.equal(most, 2);
console.log('4 of 5 calls succeeded, with 2 in flight.');
