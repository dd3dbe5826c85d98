import assert from 'node:assert/strict';
import { once } from 'node:events';
import { startWorker, workerUrl } from '../../src/worker-in-typescript/recipe.ts';

// The worker stands beside the module that starts it: the path and import.meta.url are of this file.
const worker = startWorker('./worker-in-typescript-task.ts', import.meta.url, { workerData: 21 });
const [answer] = (await once(worker, 'message')) as [number];
assert.equal(answer, 42);
await worker.terminate();

assert.throws(() => workerUrl('./none.ts', import.meta.url), /Expected a worker at file:.*none\.ts/);
console.log(`The worker answered ${answer}; one that is not there is an error at once.`);
