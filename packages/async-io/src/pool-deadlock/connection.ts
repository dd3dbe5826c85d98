// One connection of a pool, from the moment that it is lent until it is given back.

import type { Pool, PoolClient } from 'pg';
import type { Database } from './transaction.ts';

export interface Connection {
  /** Sends one query after another: pg warns of one that is sent while another is under way, and pg 9 will not take it. */
  readonly send: Database['query'];
  /** Aborts when the connection breaks, or the caller's signal aborts; every query rejects then. */
  readonly broken: AbortSignal;
  /** From now on the caller's signal changes nothing. */
  readonly untie: () => void;
  /** One that is not usable is closed, and the pool opens another. */
  readonly giveBack: (isUsable: boolean) => void;
}

/** Waits for a connection. @throws the signal's reason at once; what the pool lends afterwards is given back */
export async function borrow(pool: Pick<Pool, 'connect'>, signal: AbortSignal | undefined): Promise<Connection> {
  const client = await connect(pool, signal);
  const broken = new AbortController();
  const breakOff = (reason: unknown): void => {
    broken.abort(reason);
    void client.end(); // at once where a query is under way
  };
  const abort = (): void => breakOff(signal!.reason);
  const untie = (): void => signal?.removeEventListener('abort', abort);
  // The pool does not listen while it lends a connection: without a listener the error would end the program.
  client.on('error', breakOff);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort(); // in the same moment as the connection came
  return {
    send: oneByOne(client),
    broken: broken.signal,
    untie,
    giveBack: (isUsable) => {
      untie();
      client.release(!isUsable);
      client.off('error', breakOff); // the pool listens again
    },
  };
}

async function connect(pool: Pick<Pool, 'connect'>, signal: AbortSignal | undefined): Promise<PoolClient> {
  signal?.throwIfAborted();
  const connecting = pool.connect();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal!.reason as Error);
  signal?.addEventListener('abort', abort);
  try {
    return await Promise.race([connecting, aborted]);
  } catch (error) {
    connecting.then(
      (client) => client.release(),
      () => {},
    );
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function oneByOne(client: PoolClient): Database['query'] {
  let last: Promise<unknown> = Promise.resolve();
  return (text, values) => {
    const result = last.then(() => client.query(text, values));
    last = result.catch(() => {});
    return result;
  };
}
