// Claim      While a handler waits, everybody else is answered; while it computes, nobody is, for as long as it computes;
//            moved to a pool of threads it delays nobody.
// Mechanism  One thread runs every handler, one at a time, up to its next `await`. Waiting is an `await`; computing is
//            not, and putting `async` before it changes nothing. A thread of the pool has a loop of its own.
// Use when   a handler computes for more than some 10 ms, and the server answers others too.
// Do not     send everything to the pool: a request costs two messages, and the pool has only so many threads. Behind a
//            full pool requests wait too, but only those that want it.
// Run        pnpm tsx packages/async-io/src/main.ts web-server

import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { runUnit } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import { Piscina } from 'piscina';

export const WAYS = ['waiting', 'computing in a pool', 'computing inline'] as const;
export type Way = (typeof WAYS)[number];

/** What the heavy handler does, in each of its ways. */
export type Heavy = () => Promise<void>;

/** Waits for so many ms, as for a database. */
export function waiting(ms: number): Heavy {
  return () => sleep(ms);
}

/** Computes where all the requests are answered. */
export function computingInline(unit: Unit): Heavy {
  return async () => runUnit(unit);
}

/** Computes in one of so many threads. They end with the process. */
export function computingInPool(unit: Unit, threads: number): Heavy {
  const filename = new URL('./compute-task.ts', import.meta.url).href;
  const pool = new Piscina({ filename, minThreads: threads, maxThreads: threads, execArgv: [] });
  return () => pool.run(unit);
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
  try {
    await heavy();
    response.end(String(performance.now() - start));
  } catch {
    response.writeHead(500).end();
  }
}
