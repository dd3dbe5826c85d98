// Claim      A query of node:sqlite stops the event loop for at least 90 % of its time; in a worker for under 40 %.
// Mechanism  node:sqlite runs the query within the call, on the thread that makes it.
// Use when   queries of a database in a file take over some 10 ms.
// Do not     wrap a synchronous query into an async function: it blocks all the same.
// Copy       recipe.ts, query-task.ts; Node 22.13 or newer
// Run        pnpm tsx packages/async-io/src/main.ts database-sync-driver

import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

export interface Query {
  /** The database, or ':memory:' for an empty one. */
  readonly file: string;
  readonly sql: string;
  /** For each `?` of the statement. */
  readonly parameters?: readonly SQLInputValue[];
}

export type Row = Record<string, SQLOutputValue>;

/** Runs a query on the thread of the caller. Nothing else happens there until its last row. */
export function query({ file, sql, parameters = [] }: Query): Row[] {
  const database = new DatabaseSync(file);
  try {
    return database.prepare(sql).all(...parameters);
  } finally {
    database.close();
  }
}

/**
 * Runs a query in a worker of its own, whose start takes some 10 ms. Where the signal aborts it rejects at once; nothing
 * can interrupt SQLite, so that the thread ends when the query does.
 *
 * @throws the error of the query, the signal's reason, or an Error where the thread ends without an answer
 */
export async function queryInWorker(request: Query, { signal }: { signal?: AbortSignal } = {}): Promise<Row[]> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./query-task.ts', import.meta.url), { workerData: request, execArgv: [] });
  const { promise: rows, resolve, reject } = Promise.withResolvers<Row[]>();
  worker.once('message', resolve).on('error', reject);
  worker.once('exit', (code) =>
    reject(new Error(`Expected the rows of a query, but its thread ended with exit code ${code}`)),
  );
  const abort = (): void => reject(signal!.reason);
  signal?.addEventListener('abort', abort);
  try {
    return await rows;
  } finally {
    signal?.removeEventListener('abort', abort);
    void worker.terminate(); // not awaited: a query that was given up may go on for long
  }
}
