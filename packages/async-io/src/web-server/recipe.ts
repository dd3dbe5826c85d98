// Claim      While a handler waits, all other requests are answered; while it computes, none is. On a pool of threads it
//            delays none.
// Mechanism  One thread runs every handler up to its next `await`. Computing has none.
// Use when   a handler computes for more than about 10 ms.
// Do not     send every request to the pool: each costs two messages, and threads are few.
// Copy       recipe.ts, compute-task.ts, ../concurrency-vs-parallelism/threads.ts; npm: piscina; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts web-server

import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { openTaskThreads } from '../concurrency-vs-parallelism/threads.ts';
import countPrimes from './compute-task.ts';

/** What the heavy handler does before it answers; the signal aborts when its client has gone. */
export type Heavy = (signal: AbortSignal) => Promise<unknown>;

/** Waits for so many ms, as for a database. */
export function waiting(ms: number): Heavy {
  return (signal) => sleep(ms, undefined, { signal });
}

/** Broken: computes on the thread that answers all requests. */
export function computingInline(limit: number): Heavy {
  return async () => countPrimes(limit);
}

/**
 * Mended: computes on one of so many threads, which end with the process. Where the client has gone nothing is begun for it,
 * and a thread that computes for it is replaced.
 */
export function computingInPool(limit: number, threads: number): Heavy {
  const pool = openTaskThreads<number, number>(new URL('./compute-task.ts', import.meta.url), threads);
  return (signal) => pool.run(limit, signal);
}

/** A server that answers `/heavy` after `heavy`, with the ms that this took, and `/light` at once. */
export function createWebServer(heavy: Heavy): Server {
  return createServer((request, response) => {
    if (request.url === '/light') response.end('light');
    else if (request.url === '/heavy') void answerHeavy(heavy, response);
    else response.writeHead(404).end();
  });
}

async function answerHeavy(heavy: Heavy, response: ServerResponse): Promise<void> {
  const start = performance.now();
  const gone = new AbortController();
  response.once('close', () => !response.writableFinished && gone.abort());
  try {
    await heavy(gone.signal);
    response.end(String(performance.now() - start));
  } catch {
    response.writeHead(500).end();
  }
}
