// Claim      A synchronous driver stops the event loop for as long as its query takes. In a worker it does not, and an
//            asynchronous driver does not either.
// Mechanism  node:sqlite runs the query on the thread that asks, within the call. In a worker that is another thread.
//            PostgreSQL runs it in another process, and its driver only waits for a socket.
// Use when   the database is a file beside the program and its queries take over some 10 ms: ask from a worker.
// Do not     wrap a synchronous query into an async function: it blocks all the same.
// Run        pnpm tsx packages/async-io/src/main.ts database

import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { Pool } from 'pg';

/** 1 + 2 + ... + `last`, row by row, in SQLite on the thread of the caller. */
export function sumInline(last: number): number {
  using database = new DatabaseSync(':memory:');
  const rows = 'with recursive numbers(n) as (values (1) union all select n + 1 from numbers where n < ?)';
  const { sum } = database.prepare(`${rows} select sum(n) as sum from numbers`).get(last) as { sum: number };
  return sum;
}

/** The same in a worker. An error of the query rejects. */
export async function sumInWorker(last: number): Promise<number> {
  const worker = new Worker(new URL('./sum-worker.ts', import.meta.url), { workerData: last, execArgv: [] });
  const [sum] = (await once(worker, 'message')) as [number];
  return sum;
}

/** The same in PostgreSQL, whose driver does not block. */
export async function sumInPostgres(pool: Pool, last: number): Promise<number> {
  const { rows } = await pool.query<{ sum: string }>('select sum(n) as sum from generate_series(1, $1::integer) n', [
    last,
  ]);
  return Number(rows[0]!.sum); // a bigint arrives as a string
}
