import assert from 'node:assert/strict';
import { helloThreads } from '../../src/hello-threads/recipe.ts';

const lines = await helloThreads(['A', 'B'], () => {});
for (const name of ['A', 'B']) {
  const own = lines.filter((line) => line.name === name).map(({ number }) => number);
  assert.deepEqual(own, [0, 1, 2, 3, 4]);
}
console.log(`Two threads sent ${lines.length} lines before they ended.`);
