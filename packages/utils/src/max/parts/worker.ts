// A thread of `scanInParts`. As the command, it finds what Node has compiled before in the cache.

import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Job } from './messages.ts';

enableCompileCache();
const { scanParts } = await import('./scan-part.ts');
await scanParts(workerData as Job, (part) => parentPort!.postMessage(part));
