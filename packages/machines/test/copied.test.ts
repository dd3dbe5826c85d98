import { copiedAsTests } from '@cookbook/copy/testing';
import { openPostgres, postgresLack, urlOf } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';
import { afterAll, beforeAll } from 'vitest';

// The programs find their database where those of a reader do.
let postgres: Postgres | undefined;
beforeAll(async () => {
  if (postgresLack('') !== undefined) return; // then they say that there is none
  postgres = await openPostgres({ databaseUrl: '' });
  process.env['DATABASE_URL'] = urlOf(postgres.connection);
});
afterAll(() => postgres?.close());

copiedAsTests(new URL('../', import.meta.url));
