// A client of the owner: it adds in the way that it is asked for, so many times, and answers when it is done.

import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { meet } from '@cookbook/lab/task';
import { ways } from '../recipe.ts';

/** What a client adds, and how. */
export interface Job {
  readonly way: keyof typeof ways;
  readonly times: number;
}

const { port, meeting, clients } = workerData as { port: MessagePort; meeting: Int32Array; clients: number };

parentPort!.on('message', async ({ way, times }: Job) => {
  // All clients have their answer before any of them sets, once a run: so that updates are lost on every machine.
  let calls = 0;
  const between = (): void => void (calls++ === 0 && meet(meeting, 0, clients));
  await ways[way](port, times, between);
  parentPort!.postMessage(times);
});
