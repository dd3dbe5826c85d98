import assert from 'node:assert/strict';
import {
  computeOnOneThread,
  mostAtOnce,
  openThreads,
  waitOnOneThread,
} from '../../src/concurrency-vs-parallelism/recipe.ts';
import type { Span } from '../../src/concurrency-vs-parallelism/recipe.ts';
import compute from './concurrency-vs-parallelism-task.ts';

const limits = [200_000, 200_000, 200_000, 200_000];
assert.equal(mostAtOnce(await waitOnOneThread(4, 200)), 4);
assert.equal(mostAtOnce(await computeOnOneThread(limits, compute)), 1);

const threads = openThreads<number, Span>(new URL('./concurrency-vs-parallelism-task.ts', import.meta.url), 2);
const spans = await threads.run(limits);
assert.equal(spans.length, limits.length);
console.log(`4 tasks waited at once; 1 computed at a time on one thread, and ${mostAtOnce(spans)} on two threads.`);
await threads.close();
