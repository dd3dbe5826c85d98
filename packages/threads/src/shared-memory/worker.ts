// What the thread runs: it adds 1 to whatever is posted to it, and answers with what it has then.

import { parentPort } from 'node:worker_threads';
import { visit } from './module-state.ts';
import type { Answer, Given } from './recipe.ts';

parentPort!.on('message', ({ object, numbers, environmentVariable }: Given) => {
  if (object) object.count++;
  if (numbers) numbers[0]!++;
  if (environmentVariable) process.env[environmentVariable] = 'set by the worker';
  const transfer = numbers && !(numbers.buffer instanceof SharedArrayBuffer) ? [numbers.buffer] : [];
  const answer: Answer = { count: object?.count ?? numbers?.[0], visits: visit(), numbers };
  parentPort!.postMessage(answer, transfer);
});
