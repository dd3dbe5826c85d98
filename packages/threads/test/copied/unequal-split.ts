import assert from 'node:assert/strict';
import { speedupBound, splitByCost, splitByCount, stripes } from '../../src/unequal-split/recipe.ts';

// Row i is compared with the i rows before it. How fast can 4 threads be?
const bounds = [splitByCount, splitByCost, stripes].map((split) => speedupBound(split(10_000, 4)).toFixed(2));
assert.deepEqual(bounds, ['2.29', '4.00', '4.00']);
console.log(`At most ${bounds[0]}x by count, ${bounds[1]}x by cost, ${bounds[2]}x in stripes.`);
