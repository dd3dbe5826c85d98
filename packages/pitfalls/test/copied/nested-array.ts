import assert from 'node:assert/strict';
import { fix, trap } from '../../src/nested-array/recipe.ts';

assert.deepEqual(trap(), [[1], [1], [1]]);
assert.deepEqual(fix(), [[1], [], []]);
console.log('Array.from makes a row for each place');
