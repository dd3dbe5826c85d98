// Claim      Transactions that read a number and write it back plus one lose updates at PostgreSQL's default isolation.
//            Under `for update`, under `serializable` with a retry, and in one statement they lose none.
// Mechanism  At read committed two transactions may read the same number; the second one's write waits for the first one
//            to commit, and then overwrites it. `for update` makes the read wait. Serializable lets both go on and
//            refuses the second one with SQLSTATE 40001: nothing of it has happened, so it is safe to try again.
// Use when   a new value depends on the old one. One statement, where the change can be said in SQL, costs the least.
// Do not     take BEGIN and COMMIT for a lock. Do not use serializable without the retry: the refusal is part of it.
// Run        pnpm tsx packages/async-io/src/main.ts database

import type { Client, PoolClient } from 'pg';

export const WAYS = ['read, then write', 'for update', 'serializable', 'one statement'] as const;
export type Way = (typeof WAYS)[number];

type Connection = Pick<Client | PoolClient, 'query'>;

/** Adds one to the counter, on one connection. Resolves with the tries that it took. */
export async function addOne(connection: Connection, way: Way): Promise<number> {
  if (way === 'serializable') {
    return await untilSerialized(connection, () => readThenWrite(connection, 'begin isolation level serializable'));
  }
  if (way === 'one statement') await connection.query('update counter set value = value + 1');
  else await readThenWrite(connection, 'begin isolation level read committed', way === 'for update' ? way : '');
  return 1;
}

/** A transaction of its own. */
async function readThenWrite(connection: Connection, begin: string, lock = ''): Promise<void> {
  await connection.query(begin);
  const { rows } = await connection.query<{ value: number }>(`select value from counter ${lock}`);
  await connection.query('update counter set value = $1', [rows[0]!.value + 1]);
  await connection.query('commit');
}

/** Runs a transaction again until it is not refused for the sake of another one. */
async function untilSerialized(connection: Connection, transaction: () => Promise<void>): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      await transaction();
      return tries;
    } catch (error) {
      await connection.query('rollback');
      if ((error as { code?: string }).code !== '40001') throw error;
    }
  }
}
