import assert from 'node:assert/strict';
import { fix, trap } from '../../src/mutable-or-immutable/recipe.ts';

const { samples, sorted } = trap();
assert.equal(samples, sorted); // sort returned the very array that it sorted

assert.equal(fix().first, 30);
console.log('toSorted left the samples as they were');
