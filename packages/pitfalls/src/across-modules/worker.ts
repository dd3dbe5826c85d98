// Reports the module's state as this thread sees it, and what it was sent with its data.

import { parentPort, workerData } from 'node:worker_threads';
import { visits } from './state.ts';

const { sent, shared } = workerData as { sent: number; shared: Int32Array };
Atomics.add(shared, 0, 1);
parentPort!.postMessage({ imported: visits.count, sent });
