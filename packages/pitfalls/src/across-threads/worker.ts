// Adds 1 to the first number of what it receives, and answers with the result.

import { parentPort } from 'node:worker_threads';

parentPort!.once('message', (numbers: Int32Array) => {
  numbers[0]! += 1;
  parentPort!.postMessage({ first: numbers[0], numbers });
});
