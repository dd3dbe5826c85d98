// The first failure cancels what is under way, and nothing more begins.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { mapLimited } from '../../src/fail-fast/recipe.ts';

const doubled = await mapLimited([1, 2, 3], 2, async (number) => 2 * number);
assert.deepEqual(doubled, [2, 4, 6]);
let begun = 0;
const work = async (number: number, signal: AbortSignal) => {
  begun++;
  if (number === 1) throw new Error('no 1');
  await sleep(60_000, undefined, { signal });
};
await assert.rejects(mapLimited([1, 2, 3, 4, 5], 2, work), { message: 'no 1' });
assert.equal(begun, 2);
console.log('2 of 5 had begun when the first failed.');
