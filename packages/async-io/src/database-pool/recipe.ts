// Claim      200 queries of 10 ms take close to a tenth of the time through a pool of 10 connections, on one thread whose
//            CPU is nearly idle. A limit of 10 in front of the pool is as fast.
// Mechanism  A connection answers one query at a time, so the number of connections is the number of queries under way.
//            The thread sends and receives; it is the database that works, or waits.
// Use when   queries do not need one another's results. Put the limit in front where the callers are many: what waits in
//            the limit is a function, what waits in the pool is a query that counts against its connection timeout.
// Do not     open a connection for each query, nor more than the server's cores and disks can serve: see the curve.
// Run        pnpm tsx packages/async-io/src/main.ts database

import pLimit from 'p-limit';
import type { Pool } from 'pg';

/** Answers its number after 10 ms: a query that waits for the database and costs it next to nothing. */
async function query(pool: Pool, number: number): Promise<number> {
  const { rows } = await pool.query<{ number: number }>('select $1::integer as number from pg_sleep(0.01)', [number]);
  return rows[0]!.number;
}

/** A queue of one: each query waits for the one before, however many connections there are. */
export async function inSequence(pool: Pool, count: number): Promise<number[]> {
  const answers: number[] = [];
  for (let number = 0; number < count; number++) answers.push(await query(pool, number));
  return answers;
}

/** All at once: the pool lends out its connections, and the queries beyond wait inside it. */
export function inPool(pool: Pool, count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, (_, number) => query(pool, number)));
}

/** As many under way as the limit lets through: with a limit of the pool's size nothing waits inside the pool. */
export function throughLimit(pool: Pool, count: number, limit: number): Promise<number[]> {
  const admit = pLimit(limit);
  return Promise.all(Array.from({ length: count }, (_, number) => admit(() => query(pool, number))));
}
