// What the thread runs: the task, once.

import { parentPort, workerData } from 'node:worker_threads';

export type Answer = { readonly output: unknown } | { readonly uncloneable: string };

const { task, input } = workerData as { task: string; input: unknown };
const { default: run } = (await import(task)) as { default: (input: unknown) => unknown };

const output = await run(input);
try {
  parentPort!.postMessage({ output } satisfies Answer);
} catch (error) {
  parentPort!.postMessage({ uncloneable: (error as Error).message } satisfies Answer); // its name would be lost
}
