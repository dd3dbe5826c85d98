import assert from 'node:assert/strict';
import { byRejection, fix } from '../../src/random-passwords/recipe.ts';

const password = fix();
assert.match(password, /^[\w-]{16}$/);

assert.equal(byRejection(62, 1_000).length, 1_000);
console.log('a password of', password.length, 'letters');
