import assert from 'node:assert/strict';
import { fix, sharing, trap } from '../../src/views/recipe.ts';

assert.equal(trap().packet[0], 0); // cleared through the slice
assert.equal(fix().packet[0], 1);
console.log(sharing());
