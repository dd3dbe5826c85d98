import assert from 'node:assert/strict';
import { cpuOf, fix, work } from '../../src/call-sites/recipe.ts';

assert.equal(work(1), work(1));
assert.ok(cpuOf(work, 20) > 0);
const ratio = await fix(1);
assert.ok(ratio > 0, `Expected a ratio of two times, got ${ratio}`);
console.log('two variants were measured in a process of its own each');
