import assert from 'node:assert/strict';
import { cheaperFix, fix, trap } from '../../src/comprehension/recipe.ts';

assert.equal(Object.keys(trap()).length, 0);

const rows = fix();
assert.equal(new Set(rows).size, 3);
assert.deepEqual([...cheaperFix()], [[2, [1]]]); // Map's getOrInsertComputed asks for Node 26
console.log('Array.from made', rows.length, 'different rows');
