// Claim      Transactions that read a number and write it back lose updates; with `for update`, serializable and a retry, or
//            one statement they lose none.
// Mechanism  Two may read the same number, and the second overwrites the first.
// Use when   a new value depends on the old; one statement costs least.
// Do not     take BEGIN and COMMIT for a lock, or use serializable without the retry.
// Copy       recipe.ts; npm: pg; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts database-lost-update

import type { Client, PoolClient } from 'pg';

export const WAYS = ['read, then write', 'for update', 'serializable', 'one statement'] as const;
export type Way = (typeof WAYS)[number];

/** What is used of a `Client` of pg, or of one that a pool has lent. */
export type Connection = Pick<Client | PoolClient, 'query'>;

/**
 * Adds one to the number in the table `counter`, on one connection. Resolves with the tries that it took.
 *
 * @throws the error of a statement; its transaction is rolled back, so that the connection can be lent on
 */
export async function addOne(connection: Connection, way: Way): Promise<number> {
  if (way === 'serializable') {
    return await untilSerialized(() => readThenWrite(connection, 'begin isolation level serializable'));
  }
  if (way === 'one statement') await connection.query('update counter set value = value + 1');
  else await readThenWrite(connection, 'begin isolation level read committed', way === 'for update' ? way : '');
  return 1;
}

/** A transaction. At read committed another one may write between its two statements, unless the read takes a lock. */
async function readThenWrite(connection: Connection, begin: string, lock = ''): Promise<void> {
  try {
    await connection.query(begin);
    const { rows } = await connection.query<{ value: number }>(`select value from counter ${lock}`);
    await connection.query('update counter set value = $1', [rows[0]!.value + 1]);
    await connection.query('commit');
  } catch (error) {
    // Or the transaction stays open, with its locks. A connection that is gone has none: the first error is thrown.
    await connection.query('rollback').catch(() => {});
    throw error;
  }
}

/**
 * Runs a transaction again until PostgreSQL does not refuse it with 40001, a serialization failure. Nothing of a refused
 * transaction has happened. Resolves with the tries that it took.
 *
 * @throws whatever else the transaction throws
 */
async function untilSerialized(transaction: () => Promise<void>): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      await transaction();
      return tries;
    } catch (error) {
      if ((error as { code?: string } | null)?.code !== '40001') throw error;
    }
  }
}
