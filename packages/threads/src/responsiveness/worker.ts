// What the thread runs: the task, once.

import { parentPort, workerData } from 'node:worker_threads';

const { task, input } = workerData as { task: string; input: unknown };
const { default: run } = (await import(task)) as { default: (input: unknown) => unknown };

parentPort!.postMessage(await run(input));
