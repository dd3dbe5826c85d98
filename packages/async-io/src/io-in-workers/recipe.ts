// Claim      16 requests at a time take as long from 16 threads as from one, and each thread takes more than 10 MiB.
// Mechanism  Waiting needs no core. A thread adds an isolate, an event loop and modules of its own.
// Use when   never for async calls alone; threads are for computing and blocking calls.
// Do not     move requests to a pool to make them faster.
// Copy       recipe.ts, fetch-task.ts, ../fail-fast/recipe.ts; npm: p-limit, piscina, undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts io-in-workers

import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import { mapLimited } from '../fail-fast/recipe.ts';
import fetchBody from './fetch-task.ts';

/** Fetches, so many at a time. */
export interface Fetcher {
  /**
   * The bodies, in the order of the addresses. The first error, or the signal, cancels the other requests.
   *
   * @throws the first error, or the signal's reason
   */
  fetchAll(urls: readonly string[], signal?: AbortSignal): Promise<Uint8Array[]>;
  close(): Promise<void>;
}

/** Async tasks on this thread. */
export function openTasks(atOnce: number): Fetcher {
  const limit = pLimit(atOnce); // of all calls together
  const one = (url: string, stop: AbortSignal): Promise<Uint8Array> =>
    limit(() => {
      stop.throwIfAborted(); // while it waited for another call's
      return fetchBody(url, stop);
    });
  return {
    fetchAll: (urls, signal) => mapLimited(urls, atOnce, one, signal),
    close: async () => {},
  };
}

/** Threads, each with one request at a time. Resolves when all of them have started. */
export async function openThreads(atOnce: number): Promise<Fetcher> {
  const filename = new URL('./fetch-task.ts', import.meta.url).href;
  const pool = new Piscina<string, Uint8Array>({ filename, minThreads: atOnce, maxThreads: atOnce, execArgv: [] });
  const ready = Promise.withResolvers<void>();
  let started = 0;
  pool.on('workerCreate', () => ++started === atOnce && ready.resolve());
  pool.on('error', ready.reject); // kept on: a thread that fails between two requests is replaced, and ends no program
  try {
    await ready.promise;
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  return {
    fetchAll: (urls, signal) => mapLimited(urls, atOnce, (url, stop) => pool.run(url, { signal: stop }), signal),
    close: () => pool.destroy(),
  };
}
