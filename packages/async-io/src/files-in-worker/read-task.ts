// Reads synchronously, on a thread whose event loop nobody waits for.

import { parentPort } from 'node:worker_threads';
import { readSync } from './recipe.ts';
import type { Product } from './recipe.ts';

export interface Job {
  readonly files: readonly string[];
  readonly product: Product;
}

parentPort!.on('message', ({ files, product }: Job) => parentPort!.postMessage(readSync(files, product)));
