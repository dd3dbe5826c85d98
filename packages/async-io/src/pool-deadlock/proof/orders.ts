// Orders, each with a line in a log: once the line is written through the pool, once through the order's own transaction.

import type { Pool } from 'pg';
import type { Database } from '../recipe.ts';
import { withTransaction } from '../recipe.ts';

/** Whose connection writes the line: another one of the pool, or that of the transaction. */
export type Second = 'pool' | 'own';

/** Makes the tables, empty. */
export async function makeTables(pool: Database): Promise<void> {
  await pool.query('drop table if exists purchase, line');
  await pool.query('create table purchase (number integer)');
  await pool.query('create table line (number integer)');
}

/** Rows of both tables. */
export async function countRows(pool: Database): Promise<{ orders: number; lines: number }> {
  const text = `select (select count(*) from purchase)::integer as orders, (select count(*) from line)::integer as lines`;
  const { rows } = await pool.query<{ orders: number; lines: number }>(text);
  return rows[0]!;
}

/**
 * One order. The two forms differ by the one word that is given for `second`.
 *
 * @param underWay is awaited between the two statements, and learns which process of the server has the transaction
 */
export function order(
  pool: Pool,
  number: number,
  second: Second,
  underWay: (pid: number) => Promise<void> = async () => {},
): Promise<void> {
  return withTransaction(pool, async (transaction) => {
    const insert = 'insert into purchase values ($1) returning pg_backend_pid() as pid';
    const { rows } = await transaction.query<{ pid: number }>(insert, [number]);
    await underWay(rows[0]!.pid);
    const database: Database = second === 'pool' ? pool : transaction;
    await database.query('insert into line values ($1)', [number]);
  });
}
