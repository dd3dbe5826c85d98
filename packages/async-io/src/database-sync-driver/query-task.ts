import { parentPort, workerData } from 'node:worker_threads';
import { sumInline } from './sum.ts';

parentPort!.postMessage(sumInline(workerData as number));
