import assert from 'node:assert/strict';
import { race } from '../../src/race/recipe.ts';

const counted = await race('Atomics.add', 2, 10_000);
assert.equal(counted, 20_000);
console.log(`Two threads counted to ${counted}: no count was lost.`);
