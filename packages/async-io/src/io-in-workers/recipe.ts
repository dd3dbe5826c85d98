// Claim      16 requests at a time take as long from 16 threads as from 16 async tasks on one thread, and every thread takes
//            more than 2 MiB for it.
// Mechanism  Who waits for an answer needs no core, so that more threads have nothing to add: the time is that of the server.
//            What each thread does add is an isolate, an event loop, and its own copy of the modules and connections.
// Use when   never for async calls alone. A thread is worth it for a call that blocks (`execFileSync`, node:sqlite), and for
//            the computing that follows an answer: see `async-plus-threads`.
// Do not     move requests to a pool to make them faster. Where one thread is busy with a very large number of them, several
//            processes share them better: see `web-server-cores` in the chapter on processes.
// Run        pnpm tsx packages/async-io/src/main.ts io-in-workers

import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import fetchDocument from './fetch-task.ts';

/** What asks for documents, so many at a time. */
export interface Asker {
  /** Resolves with how many came, each checked. @throws the first error */
  ask(urls: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

/** Async tasks on this thread. */
export function openTasks(atOnce: number): Asker {
  const limit = pLimit(atOnce);
  return {
    ask: async (urls) => sum(await limit.map(urls, fetchDocument)),
    close: async () => {},
  };
}

/** Threads, each with one request at a time. Resolves when all of them are there. */
export async function openThreads(atOnce: number): Promise<Asker> {
  const filename = new URL('./fetch-task.ts', import.meta.url).href;
  const pool = new Piscina<string, number>({ filename, minThreads: atOnce, maxThreads: atOnce, execArgv: [] });
  const ready = Promise.withResolvers<void>();
  let there = 0;
  pool.on('workerCreate', () => ++there === atOnce && ready.resolve());
  pool.once('error', ready.reject);
  await ready.promise;
  return {
    ask: async (urls) => sum(await Promise.all(urls.map((url) => pool.run(url)))),
    close: () => pool.destroy(),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
