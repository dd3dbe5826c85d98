import assert from 'node:assert/strict';
import { fix, trap } from '../../src/copies/recipe.ts';

assert.equal(trap().job.limits.cores, 64); // changed through the copy
assert.equal(fix().job.limits.cores, 2);
console.log('structuredClone left the original as it was');
