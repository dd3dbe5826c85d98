// Several connections that add to one counter at the same time, and the number that it has in the end.

import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientConfig, Pool } from 'pg';
import { openPool } from '@cookbook/lab/postgres';
import { addOne } from '../recipe.ts';
import type { Way } from '../recipe.ts';

export interface Race {
  readonly expected: number;
  readonly counted: number;
  /** Transactions that were refused and tried again. */
  readonly retries: number;
  /** ms of wall time for each addition. */
  readonly msEach: number;
}

export interface RaceTrack {
  /** Every connection adds one so many times. */
  run(way: Way, times: number): Promise<Race>;
  close(): Promise<void>;
}

/** Makes the counter, and so many connections that will race on it. */
export async function openRace(connection: ClientConfig, connections: number): Promise<RaceTrack> {
  const pool = await openPool(connection, connections);
  await pool.query('create table if not exists counter (value integer not null)');
  return {
    async run(way, times) {
      await pool.query('truncate counter');
      await pool.query('insert into counter values (0)');
      const start = performance.now();
      const retries = await Promise.all(Array.from({ length: connections }, () => addOften(pool, way, times)));
      const wall = performance.now() - start;
      const { rows } = await pool.query<{ value: number }>('select value from counter');
      const expected = connections * times;
      return {
        expected,
        counted: rows[0]!.value,
        retries: retries.reduce((sum, own) => sum + own, 0),
        msEach: wall / expected,
      };
    },
    close: () => pool.end(),
  };
}

async function addOften(pool: Pool, way: Way, times: number): Promise<number> {
  const client = await pool.connect();
  let retries = 0;
  try {
    for (let time = 0; time < times; time++) {
      const tries = await addOne(client, way);
      retries += tries - 1;
      if (tries > 1) await sleep(Math.random() * tries); // one that was refused waits, or they would meet again
    }
  } finally {
    client.release();
  }
  return retries;
}
