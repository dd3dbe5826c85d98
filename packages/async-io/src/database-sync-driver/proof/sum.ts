// The same sum by each driver: a query that computes for as long as one wants.

import type { Pool } from 'pg';
import { query, queryInWorker } from '../recipe.ts';
import type { Query, Row } from '../recipe.ts';

/** Adds 1, 2, ... up to `last`, row by row. */
function sumQuery(last: number): Query {
  const rows = 'with recursive numbers(n) as (values (1) union all select n + 1 from numbers where n < ?)';
  return { file: ':memory:', sql: `${rows} select sum(n) as sum from numbers`, parameters: [last] };
}

/** In SQLite on the thread of the caller. */
export function sumInline(last: number): number {
  return sumOf(query(sumQuery(last)));
}

/** In SQLite in a worker. */
export async function sumInWorker(last: number): Promise<number> {
  return sumOf(await queryInWorker(sumQuery(last)));
}

/** In PostgreSQL, whose driver waits for a socket. */
export async function sumInPostgres(pool: Pool, last: number): Promise<number> {
  const text = 'select sum(n) as sum from generate_series(1, $1::integer) n';
  const { rows } = await pool.query<{ sum: string }>(text, [last]);
  return Number(rows[0]!.sum); // a bigint arrives as a string
}

function sumOf([row]: readonly Row[]): number {
  return Number(row!['sum']);
}
