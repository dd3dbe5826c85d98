// What each thread runs: the task, once for every message.

import { parentPort, workerData } from 'node:worker_threads';

const { default: task } = (await import(workerData as string)) as { default: (input: unknown) => unknown };

parentPort!.on('message', async (input) => parentPort!.postMessage(await task(input)));
