// Claim      A query of node:sqlite stops the event loop for at least 90 % of its time; in a worker for under 40 %.
// Mechanism  node:sqlite runs the query within the call, on the thread that makes it.
// Use when   queries of a database in a file take over some 10 ms.
// Do not     wrap a synchronous query into an async function: it blocks all the same.
// Copy       recipe.ts, query-task.ts; Node 22.13 or newer
// Run        pnpm tsx packages/async-io/src/main.ts database-sync-driver

import { once } from 'node:events';
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

/** Runs a query in a worker of its own, whose start takes some 10 ms. An error of the query rejects. */
export async function queryInWorker(request: Query): Promise<Row[]> {
  const worker = new Worker(new URL('./query-task.ts', import.meta.url), { workerData: request, execArgv: [] });
  const [rows] = (await once(worker, 'message')) as [Row[]];
  return rows;
}
