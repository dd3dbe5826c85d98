// The thread behind `watchCores`.

import { parentPort, workerData } from 'node:worker_threads';
import { sampleCores } from './cores.ts';
import { readCoreTimes } from './host.ts';

const { period } = workerData as { period: number };

sampleCores(parentPort!, period, readCoreTimes);
