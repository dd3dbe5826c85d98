// A real PostgreSQL for as long as a program needs it.

export { onPostgres } from './on-postgres.ts';
export { openPostgres, postgresLack } from './open.ts';
export type { Postgres, PostgresOptions } from './open.ts';
export { openPool, watchPool } from './pool.ts';
export { PostgresUnavailable } from './unavailable.ts';
export { urlOf } from './url.ts';
export { freePort } from './cluster.ts';
