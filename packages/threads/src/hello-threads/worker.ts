import { parentPort, threadId, workerData } from 'node:worker_threads';

for (let number = 0; number < 5; number++) {
  parentPort!.postMessage({ name: workerData as string, threadId, number });
}
