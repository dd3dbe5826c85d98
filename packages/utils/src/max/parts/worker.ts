// A thread of `scanInParts`: takes the next part of the file until none is left.

import { parentPort, workerData } from 'node:worker_threads';
import { boundsOf } from './messages.ts';
import type { Job } from './messages.ts';
import { scanPart } from './scan-part.ts';

const job = workerData as Job;

for (;;) {
  const index = Atomics.add(job.next, 0, 1);
  if (boundsOf(job, index).from >= job.size) break;
  parentPort!.postMessage(await scanPart(job, index));
}
