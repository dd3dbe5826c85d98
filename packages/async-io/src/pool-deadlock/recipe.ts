// Claim      10 transactions that each ask a pool of 10 for a second connection never finish; with their own handed down, all
//            of 100 do.
// Mechanism  Each holds what the others wait for.
// Use when   several statements belong together.
// Do not     ask the pool inside a transaction; nor write this beside Kysely or Drizzle, which have transactions of their own.
// Copy       recipe.ts, connection.ts, transaction.ts; npm: pg; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts pool-deadlock

import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { borrow } from './connection.ts';
import { Transaction } from './transaction.ts';
import type { Work } from './transaction.ts';

export type { Database } from './transaction.ts';

const ISOLATIONS = ['read committed', 'repeatable read', 'serializable'] as const;
/** Serialization failure and deadlock: nothing has happened, and the same transaction may come through the next time. */
const PASSING = new Set<unknown>(['40001', '40P01']);
/** Of the waits between attempts: anything up to 10 ms, which doubles up to 1 s, so that two do not meet again. */
const [BASE_MS, MOST_MS] = [10, 1_000];

export interface TransactionOptions {
  /** That of the server unless given. */
  readonly isolation?: (typeof ISOLATIONS)[number];
  /** How often it may be tried, at most: 5 unless given. */
  readonly attempts?: number;
  /** Until the commit is sent. An abort breaks the connection off, and the server rolls back once its statement is done. */
  readonly signal?: AbortSignal;
}

/**
 * Runs `work` in a transaction: committed where it resolves, rolled back where it rejects, and begun anew where PostgreSQL
 * refuses it for the sake of another one. So `work` is to do nothing but query. Given a transaction in place of a pool, it
 * runs behind a savepoint on the connection of that one.
 *
 * @throws what `work` throws, or PostgreSQL; the signal's reason; where a commit breaks off, nobody knows whether it was done
 */
export async function withTransaction<T>(
  db: Pick<Pool, 'connect'> | Transaction,
  work: Work<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const { isolation, attempts = 5, signal } = options;
  if (isolation !== undefined && !ISOLATIONS.includes(isolation))
    throw new RangeError(`Expected \`isolation\` to be one of ${ISOLATIONS.join(', ')}, got ${isolation}`);
  if (!Number.isInteger(attempts) || attempts < 1)
    throw new RangeError(`Expected \`attempts\` to be an integer from 1 up, got ${attempts}`);
  if (db instanceof Transaction) {
    if (Object.keys(options).length === 0) return await db.nested(work);
    throw new TypeError('Expected no options of a nested transaction: those of the outermost one are its own');
  }
  const begin = isolation === undefined ? 'begin' : `begin isolation level ${isolation}`;
  for (let failed = 1; ; failed++) {
    try {
      return await attempt(db, begin, work, signal);
    } catch (error) {
      if (failed >= attempts || !PASSING.has((error as { code?: unknown } | null | undefined)?.code)) throw error;
    }
    const wait = Math.random() * Math.min(MOST_MS, BASE_MS * 2 ** (failed - 1));
    await sleep(wait, undefined, { signal }).catch(() => signal!.throwIfAborted());
  }
}

async function attempt<T>(pool: Pick<Pool, 'connect'>, begin: string, work: Work<T>, signal?: AbortSignal): Promise<T> {
  const { send, broken, untie, giveBack } = await borrow(pool, signal);
  let isUsable = true;
  try {
    await send(begin);
    const result = await new Transaction(send, broken).run(work);
    untie();
    broken.throwIfAborted();
    const { command } = await send('commit');
    if (command !== 'COMMIT') throw new Error('Expected a commit, got a rollback: an error of a statement was caught');
    return result;
  } catch (error) {
    isUsable = await send('rollback').then(
      () => true,
      () => false,
    );
    broken.throwIfAborted();
    throw error;
  } finally {
    giveBack(isUsable);
  }
}
