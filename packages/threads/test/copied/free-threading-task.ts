import { parentPort } from 'node:worker_threads';

let sum = 0;
for (let n = 1; n <= 1_000; n++) sum += n;
if (parentPort) parentPort.postMessage(sum);
else process.send!(sum);
