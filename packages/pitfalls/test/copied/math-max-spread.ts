import assert from 'node:assert/strict';
import { cheaperFix, fix, rising, trap } from '../../src/math-max-spread/recipe.ts';

const samples = rising(2_000_000);
assert.throws(() => trap(samples), RangeError);
assert.equal(fix(samples), 2_000_000);
assert.equal(cheaperFix(samples), 2_000_000);
console.log('reduce and a loop take two million samples');
