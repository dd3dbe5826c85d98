import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { kneeOf, loadAt } from '../../src/how-many-at-once/recipe.ts';

// Stands in for a server that works on 8 requests at once; the others wait for as long as it takes.
let working = 0;
const ask = async () => {
  working++;
  await sleep(20 * Math.ceil(working / 8));
  working--;
};

const points = [];
for (const limit of [1, 2, 4, 8, 16, 32]) {
  points.push(await loadAt(limit, { requests: 4 * limit, ask, isRefusal: () => false }));
}
assert.ok(points.every(({ good, requests }) => good === requests));
assert.ok(kneeOf(points) >= 4, 'up to 8 at once each more gains as much again');
console.log(`More than ${kneeOf(points)} requests in flight gain next to nothing.`);
