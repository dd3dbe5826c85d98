// A worker in TypeScript: takes a number, and sends its double.

import { parentPort, workerData } from 'node:worker_threads';

interface Question {
  readonly number: number;
}

const { number } = workerData as Question;
parentPort!.postMessage(number * 2);
