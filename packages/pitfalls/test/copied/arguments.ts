import assert from 'node:assert/strict';
import { fix, trap } from '../../src/arguments/recipe.ts';

assert.equal(Object.keys(trap().mine).length, 2); // a field that the caller never wrote
assert.equal(Object.keys(fix().mine).length, 1);
console.log('the caller has its object as it was', fix().mine);
