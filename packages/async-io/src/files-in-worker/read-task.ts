// Reads synchronously, on a thread whose event loop has nothing else to do.

import { parentPort } from 'node:worker_threads';
import { readSync } from '../files/recipe.ts';
import type { Job } from './recipe.ts';

parentPort!.on('message', ({ files, product }: Job) => parentPort!.postMessage(readSync(files, product)));
