import assert from 'node:assert/strict';
import { fix, reserveAtOnce, trap } from '../../src/closures/recipe.ts';

assert.deepEqual(trap(), [3, 3, 3]);
assert.deepEqual(fix(), [0, 1, 2]);

const seats = { free: 1 };
const pay = async (): Promise<void> => {};
assert.deepEqual(await Promise.all([reserveAtOnce(seats, pay), reserveAtOnce(seats, pay)]), [true, false]);
console.log('one seat, taken once');
