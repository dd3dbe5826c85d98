// The PostgreSQL of the chapter: one of its own, which all claims of a run share. DATABASE_URL is not asked: workers are
// killed on it, and BullMQ makes its tables in a schema that may be somebody's.

import { randomBytes } from 'node:crypto';
import { counted } from '@cookbook/lab/claim';
import type { Finding } from '@cookbook/lab/claim';
import { openPostgres, postgresLack, PostgresUnavailable, urlOf } from '@cookbook/lab/postgres';

let shared: Promise<string> | undefined;

/** Why this machine cannot run one: for `needs` of a claim. */
export const needsPostgres = (): string | undefined => postgresLack('');

/** Its URL. It is started by the first who asks, and ends with this process, however that ends. */
function sharedDatabase(): Promise<string> {
  shared ??= openPostgres({ databaseUrl: '' }).then(({ connection }) => urlOf(connection));
  return shared;
}

/** What `measure` finds on the chapter's database; where none can be had, one finding that cannot be shown here. */
export async function onDatabase(measure: (url: string) => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await measure(await sharedDatabase());
  } catch (error) {
    if (!(error instanceof PostgresUnavailable)) throw error;
    const figures = [counted('servers', 'PostgreSQL that could be measured', 0, 'servers')];
    return [{ figures, judgement: { verdict: 'cannot-show', reason: error.message } }];
  }
}

/** A name that no other run has, for a queue or a table: 'drain_3f9c04d1'. */
export function freshName(what: string): string {
  return `${what}_${randomBytes(4).toString('hex')}`;
}
