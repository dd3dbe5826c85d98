import assert from 'node:assert/strict';
import { fix, trap } from '../../src/comprehension/recipe.ts';

assert.equal(Object.keys(trap()).length, 0);

const rows = fix();
assert.equal(new Set(rows).size, 3);
console.log('Array.from made', rows.length, 'different rows');
