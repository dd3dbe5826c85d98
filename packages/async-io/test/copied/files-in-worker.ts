import assert from 'node:assert/strict';
import { openReader } from '../../src/files-in-worker/recipe.ts';

const reader = openReader();
let turns = 0;
const timer = setInterval(() => turns++, 1);
const lengths = await reader.read(Array<string>(20_000).fill(import.meta.filename), 'length');
clearInterval(timer);
assert.equal(new Set(lengths).size, 1);
assert.ok(turns > 0, 'the event loop turns while the worker reads');
console.log(`A worker read ${lengths.length} files; meanwhile this thread's timer fired ${turns} times.`);
await reader.close();
