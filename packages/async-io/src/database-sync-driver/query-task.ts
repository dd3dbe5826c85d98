// Runs one query, on a thread whose event loop has nothing else to do.

import { parentPort, workerData } from 'node:worker_threads';
import { query } from './recipe.ts';
import type { Query } from './recipe.ts';

parentPort!.postMessage(query(workerData as Query));
