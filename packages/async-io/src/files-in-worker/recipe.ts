// Claim      Reading 10,000 small files synchronously stops the event loop for nearly all of that time; in a worker it keeps
//            turning.
// Mechanism  A synchronous call keeps the thread that makes it, and no other.
// Use when   a server reads many small files, and CPU time counts.
// Do not     start a worker for each read: keep it.
// Copy       recipe.ts, read-task.ts, ../fail-fast/recipe.ts, ../files/recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts files-in-worker

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Product } from '../files/recipe.ts';

/** What the worker is sent. */
export interface Job {
  readonly files: readonly string[];
  readonly product: Product;
}

export interface Reader {
  /** One job at a time; products are in the order of the files. An error of the reading rejects, and ends the reader. */
  read(files: readonly string[], product: Product): Promise<string[]>;
  close(): Promise<void>;
}

/** A worker that reads synchronously, kept for many jobs. */
export function openReader(): Reader {
  const worker = new Worker(new URL('./read-task.ts', import.meta.url), { execArgv: [] });
  return {
    async read(files, product) {
      worker.postMessage({ files, product } satisfies Job);
      const [products] = (await once(worker, 'message')) as [string[]];
      return products;
    },
    close: async () => void (await worker.terminate()),
  };
}
