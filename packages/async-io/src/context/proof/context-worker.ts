// A thread that answers which request it sees: of a message as it comes, and of one that was posted with its request.

import { parentPort } from 'node:worker_threads';
import { currentRequest, listen } from '../recipe.ts';

const answer = (): void => parentPort!.postMessage(currentRequest()?.id ?? 'none');

listen(parentPort!, (message) => {
  if (message === 'posted') answer();
});
parentPort!.on('message', (message: unknown) => {
  if (message === 'plain') answer();
});
