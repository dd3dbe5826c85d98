// A table of people in a real PostgreSQL that counts by itself how often it was asked, and answers when it is told to.

import type { PoolClient } from 'pg';
import { openPool } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';

const CONNECTIONS = 10;
const CANCELLED = '57014';

// The sequence counts also what is rolled back. The lock is of this schema: the server may have other guests.
const SETUP = `
  create table person (id integer primary key, name text not null);
  create sequence asked;
  create function name_of(wanted integer, ms double precision) returns text language plpgsql as $$
    declare found_name text;
    begin
      perform nextval('asked');
      perform pg_advisory_xact_lock_shared(hashtext(current_schema()));
      perform pg_sleep(ms / 1000);
      select name into strict found_name from person where id = wanted;
      return found_name;
    end $$`;

export interface People extends AsyncDisposable {
  add(id: number, name: string): Promise<void>;
  /**
   * The name of a person. An abort cancels the query in PostgreSQL.
   *
   * @param ms that the query takes, at least
   * @throws what PostgreSQL says where there is no such person; the signal's reason
   */
  nameOf(id: number, ms: number, signal?: AbortSignal): Promise<string>;
  /** How often it was asked since it was opened, by its own count. */
  asked(): Promise<number>;
  /** How many queries PostgreSQL says that it has cancelled. */
  readonly cancelled: number;
  /** Lets no query be answered while `work` runs. */
  whileHeld<T>(work: () => Promise<T>): Promise<T>;
}

export async function openPeople({ connection }: Postgres): Promise<People> {
  const pool = await openPool(connection, CONNECTIONS);
  const control = await openPool(connection, 2); // not behind the queries that it cancels
  let cancelled = 0;
  const close = async (): Promise<void> => {
    await Promise.all([pool.end(), control.end()]);
  };
  try {
    await control.query(SETUP);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async add(id, name) {
      await control.query('insert into person values ($1, $2)', [id, name]);
    },
    async nameOf(id, ms, signal) {
      signal?.throwIfAborted();
      const client = await pool.connect();
      let cancel: Promise<unknown> | undefined;
      const abort = (): void => {
        cancel = control.query('select pg_cancel_backend($1)', [pidOf(client)]);
        cancel.catch(() => {}); // awaited below
      };
      try {
        signal?.throwIfAborted();
        signal?.addEventListener('abort', abort);
        const { rows } = await client.query<{ name: string }>('select name_of($1, $2) as name', [id, ms]);
        return rows[0]!.name;
      } catch (error) {
        if ((error as { code?: string }).code === CANCELLED) cancelled++;
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener('abort', abort);
        await cancel; // a connection that is given back is not to be cancelled for its next query
        client.release();
      }
    },
    async asked() {
      const { rows } = await control.query<{ count: number }>(
        'select case when is_called then last_value::integer else 0 end as count from asked',
      );
      return rows[0]!.count;
    },
    get cancelled() {
      return cancelled;
    },
    async whileHeld(work) {
      const client = await control.connect();
      try {
        await client.query('select pg_advisory_lock(hashtext(current_schema()))');
        return await work();
      } finally {
        await client.query('select pg_advisory_unlock(hashtext(current_schema()))');
        client.release();
      }
    },
    [Symbol.asyncDispose]: close,
  };
}

/** Of the process of PostgreSQL behind a connection: pg has it, its types do not. */
function pidOf(client: PoolClient): number {
  return (client as PoolClient & { readonly processID: number }).processID;
}
