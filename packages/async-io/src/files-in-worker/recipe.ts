import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Product } from './recipe.ts';
import type { Job } from './worker.ts';

export interface Reader {
  /** One job at a time. An error of the reading rejects, and ends the reader. */
  read(files: readonly string[], product: Product): Promise<string[]>;
  close(): Promise<void>;
}

/** A worker that reads synchronously, kept for many jobs. */
export function openReader(): Reader {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
  return {
    async read(files, product) {
      worker.postMessage({ files, product } satisfies Job);
      const [products] = (await once(worker, 'message')) as [string[]];
      return products;
    },
    close: async () => void (await worker.terminate()),
  };
}
