import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { breakEven, overheads, startedForEachRun } from '../../src/three-costs/recipe.ts';

// Threads that end by themselves, one for each task.
const run = (tasks: readonly string[]) =>
  Promise.all(tasks.map((code) => once(new Worker(code, { eval: true }), 'exit')));
const lanes = startedForEachRun(() => ({ run, close: async () => {} }));
const [fastest, median = 0] = (await overheads(lanes, ['', ''], 3)).toSorted((a, b) => a - b);
assert(fastest! > 0 && breakEven(median, 2) === median);
console.log(`Two threads pay from ${breakEven(median, 2).toFixed(1)} ms of work a task on.`);
