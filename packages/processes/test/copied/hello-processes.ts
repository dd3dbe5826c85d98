import assert from 'node:assert/strict';
import { helloProcesses } from '../../src/hello-processes/recipe.ts';

const lines = await helloProcesses(['A', 'B'], () => {});
assert.deepEqual(
  lines.filter(({ name }) => name === 'A').map(({ number }) => number),
  [0, 1, 2, 3, 4],
);
assert.equal(new Set(lines.map(({ pid }) => pid)).size, 2);
console.log(`Two processes sent ${lines.length} lines.`);
