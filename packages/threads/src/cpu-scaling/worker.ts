// What each thread runs: the task, once for every message. What it throws is an answer too.

import { parentPort, workerData } from 'node:worker_threads';

export type Answer = { readonly output: unknown } | { readonly error: unknown } | { readonly uncloneable: string };

const { default: task } = (await import(workerData as string)) as { default: (input: unknown) => unknown };

parentPort!.on('message', async (input) => {
  try {
    answer({ output: await task(input) });
  } catch (error) {
    answer({ error });
  }
});

function answer(given: Answer): void {
  try {
    parentPort!.postMessage(given);
  } catch (error) {
    parentPort!.postMessage({ uncloneable: (error as Error).message } satisfies Answer);
  }
}
