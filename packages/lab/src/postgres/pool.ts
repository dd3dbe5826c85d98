// Pools of open connections, and what is under way in one.

import pg from 'pg';
import type { ClientConfig, Pool } from 'pg';
import { PostgresUnavailable } from './unavailable.ts';

/** SQLSTATE of a server that has no connection left. */
const TOO_MANY_CONNECTIONS = '53300';

/**
 * A pool whose connections are open: what is measured through it is the queries.
 *
 * @throws PostgresUnavailable where the server allows fewer connections
 */
export async function openPool(connection: ClientConfig, size: number): Promise<Pool> {
  const pool = new pg.Pool({ ...connection, max: size, idleTimeoutMillis: 0 });
  // The server may end under a connection that rests, or that was opened a moment ago: without a listener it would be thrown.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {})); // the query that it interrupts rejects
  const opened = await Promise.allSettled(Array.from({ length: size }, () => pool.connect()));
  for (const one of opened) {
    if (one.status === 'fulfilled') one.value.release();
  }
  const failed = opened.find(({ status }) => status === 'rejected');
  if (failed === undefined) return pool;
  await pool.end();
  const { reason } = failed as PromiseRejectedResult;
  if ((reason as { code?: string }).code !== TOO_MANY_CONNECTIONS) throw reason;
  throw new PostgresUnavailable(`the database does not allow ${size} connections at once`);
}

/** The most queries that were under way at once, and that waited for a connection, from now until `stop`. */
export function watchPool(pool: Pool): { stop(): { inFlight: number; waiting: number } } {
  let [now, inFlight, waiting] = [0, 0, 0];
  const onAcquire = (): void => {
    inFlight = Math.max(inFlight, ++now);
    waiting = Math.max(waiting, pool.waitingCount);
  };
  const onRelease = (): void => void now--;
  pool.on('acquire', onAcquire).on('release', onRelease);
  return {
    stop() {
      pool.off('acquire', onAcquire).off('release', onRelease);
      return { inFlight, waiting };
    },
  };
}
