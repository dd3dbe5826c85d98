import assert from 'node:assert/strict';
import { startProcess } from '../../src/isolation/recipe.ts';

const heap = 64; // MiB
const runner = startProcess<{ n: number }, number>(new URL('./isolation-task.ts', import.meta.url), heap);
assert.equal(await runner.ask({ n: 21 }), 42);
await assert.rejects(runner.ask({ n: -1 }), /the other side has ended/);
console.log(`The child ended with ${await runner.ended}, and this process lives.`);
