// The task: notes that an input is tried, and has an effect. At one input it waits, the first time, until its worker is killed.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface Input {
  readonly url: string;
  /** Prefix of the tables' names. */
  readonly table: string;
  readonly n: number;
  /** Whether it is the one at which the worker is killed. */
  readonly isFatal: boolean;
}

let pool: pg.Pool | undefined;

export default async function task({ data }: { data: Input[] }): Promise<number[]> {
  const { url, table } = data[0]!;
  pool ??= new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true }).on('error', () => {});
  const results: number[] = [];
  for (const { n, isFatal } of data) {
    await pool.query(`insert into ${table}_tries values ($1, $2)`, [n, process.ppid]);
    if (isFatal) await waitForTheEnd(pool, table);
    await pool.query(`insert into ${table}_effects values ($1) on conflict do nothing`, [n]);
    results.push(n * 3);
  }
  return results;
}

/** The first to come here has its worker killed; what is left of it goes on, as it would anywhere. */
async function waitForTheEnd(client: pg.Pool, table: string): Promise<void> {
  const { rowCount } = await client.query(`insert into ${table}_fatal values (1, $1) on conflict do nothing`, [
    process.ppid,
  ]);
  if (rowCount === 1) await Promise.race([once(process, 'disconnect'), sleep(10_000)]);
}
