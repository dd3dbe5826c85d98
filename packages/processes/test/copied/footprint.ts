import assert from 'node:assert/strict';
import { KINDS, start } from '../../src/footprint/recipe.ts';

// One of each, at the same time: only the process has a pid of its own.
const began = performance.now();
const residents = await Promise.all(KINDS.map((kind) => start(kind)));
const ms = Math.round(performance.now() - began);
assert.deepEqual(
  residents.map(({ pid }) => typeof pid),
  ['undefined', 'number', 'undefined'],
);
await Promise.all(residents.map((resident) => resident.end()));
console.log(`A ${KINDS.join(', a ')} have sent their first messages after ${ms} ms.`);
