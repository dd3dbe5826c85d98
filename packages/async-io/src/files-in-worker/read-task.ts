// Reads synchronously, on a thread whose event loop has nothing else to do.

import { parentPort } from 'node:worker_threads';
import { readSync } from '../files/recipe.ts';
import type { Answer, Job } from './recipe.ts';

parentPort!.on('message', (job: Job) => parentPort!.postMessage(answer(job)));

function answer({ files, product }: Job): Answer {
  try {
    return { products: readSync(files, product) };
  } catch (error) {
    return { error, properties: { ...(error as object) } };
  }
}
