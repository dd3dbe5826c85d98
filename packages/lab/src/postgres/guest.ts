// A schema of our own in somebody else's PostgreSQL.

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { ClientConfig } from 'pg';
import { PostgresUnavailable } from './unavailable.ts';

export interface Guest {
  readonly schema: string;
  /** Its tables are made and found in the schema, without naming it. */
  readonly connection: ClientConfig;
  /** Drops the schema with all that is in it. */
  leave(): Promise<void>;
}

/**
 * Makes a schema with a random name in the database that `url` names.
 *
 * @throws PostgresUnavailable where the URL is not PostgreSQL's, no server answers there, or it lets us make no schema
 */
export async function visit(url: string): Promise<Guest> {
  checkUrl(url);
  const schema = `cookbook_${randomBytes(8).toString('hex')}`;
  await ask(url, `create schema ${schema}`);
  const own = new URL(url);
  const options = [own.searchParams.get('options'), `-c search_path=${schema}`].filter(Boolean).join(' ');
  own.searchParams.set('options', options);
  return {
    schema,
    connection: { connectionString: own.href },
    leave: () => ask(url, `drop schema if exists ${schema} cascade`),
  };
}

/** @throws PostgresUnavailable; what it says never holds the URL, which may hold a password */
export function checkUrl(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (protocol === 'postgres:' || protocol === 'postgresql:') return;
  const got = protocol === undefined ? 'something else' : `${protocol}...`;
  throw new PostgresUnavailable(`Expected DATABASE_URL to be like postgres://user@host/database, got ${got}`);
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // the query that it interrupts rejects
  try {
    await client.connect();
    await client.query(statement);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new PostgresUnavailable(`the database that DATABASE_URL names refuses: ${message || code}`);
  } finally {
    await client.end().catch(() => {});
  }
}
