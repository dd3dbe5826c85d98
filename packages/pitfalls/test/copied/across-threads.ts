import assert from 'node:assert/strict';
import { cheaperFix, fix, trap } from '../../src/across-threads/recipe.ts';

assert.equal((await trap()).numbers[0], 10); // the worker changed a clone
assert.equal((await fix()).numbers[0], 11);
assert.equal((await cheaperFix()).numbers[0], 11);
console.log('take the result from the answer, or share the memory');
