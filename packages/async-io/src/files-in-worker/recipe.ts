// Claim      Reading 10,000 small files synchronously stops the event loop for nearly all of that time; in a worker it keeps
//            turning.
// Mechanism  A synchronous call keeps the thread that makes it, and no other.
// Use when   a server reads many small files, and CPU time counts.
// Do not     start a worker for each read: keep it.
// Copy       recipe.ts, read-task.ts, ../fail-fast/recipe.ts, ../files/recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts files-in-worker

import { Worker } from 'node:worker_threads';
import type { Product } from '../files/recipe.ts';

/** What the worker is sent. */
export interface Job {
  readonly files: readonly string[];
  readonly product: Product;
}

/** What it answers. A message keeps of an error its name, message, stack and cause; code and path come beside it. */
export type Answer = { readonly products: string[] } | { readonly error: unknown; readonly properties: object };

export interface Reader {
  /**
   * Products in the order of the files. Reads asked for at once are done one after another.
   *
   * @throws the error of the reading, after which the reader reads on; the signal's reason; an Error where the reader is
   *   closed, or its thread has ended
   */
  read(files: readonly string[], product: Product, options?: { readonly signal?: AbortSignal }): Promise<string[]>;
  /** Ends the thread; what is under way rejects. */
  close(): Promise<void>;
}

/** A worker that reads synchronously, kept for many jobs. */
export function openReader(): Reader {
  const worker = new Worker(new URL('./read-task.ts', import.meta.url), { execArgv: [] });
  const pending: PromiseWithResolvers<string[]>[] = []; // in the order of the jobs, and so of the answers
  let ended: unknown;
  const end = (reason: unknown): void => {
    ended ??= reason; // the first says why
    for (const { reject } of pending.splice(0)) reject(ended);
  };
  worker.on('error', end);
  worker.on('exit', (code) =>
    end(new Error(`Expected an answer of the reader, but its thread ended with exit code ${code}`)),
  );
  worker.on('message', (answer: Answer) => {
    const { resolve, reject } = pending.shift()!;
    if ('products' in answer) resolve(answer.products);
    else reject(Object.assign(answer.error as Error, answer.properties));
  });
  return {
    async read(files, product, { signal } = {}) {
      signal?.throwIfAborted();
      if (ended !== undefined) throw ended;
      worker.postMessage({ files, product } satisfies Job);
      const job = Promise.withResolvers<string[]>();
      pending.push(job);
      const abort = (): void => job.reject(signal!.reason); // its answer will come, and is left aside
      signal?.addEventListener('abort', abort);
      return await job.promise.finally(() => signal?.removeEventListener('abort', abort));
    },
    async close() {
      end(new Error('Expected an open reader, it is closed'));
      await worker.terminate();
    },
  };
}
