import assert from 'node:assert/strict';
import { fix, trap } from '../../src/assignment-aliases/recipe.ts';

const aliased = trap();
assert.equal(aliased.monday, aliased.tuesday);

const copied = fix();
assert.notEqual(copied.monday, copied.tuesday);
console.log('a second name is no copy; a spread is', copied.tuesday);
