// Findings that need a PostgreSQL.

import { counted } from '../claim/figure.ts';
import type { Finding } from '../claim/finding.ts';
import { openPostgres } from './open.ts';
import type { Postgres } from './open.ts';
import { PostgresUnavailable } from './unavailable.ts';

/** What `measure` finds on a PostgreSQL; where none can be had, one finding that cannot be shown here, with the reason. */
export async function onPostgres(
  signal: AbortSignal,
  measure: (postgres: Postgres) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    await using postgres = await openPostgres({ signal });
    return await measure(postgres);
  } catch (error) {
    if (!(error instanceof PostgresUnavailable)) throw error;
    const figures = [counted('servers', 'PostgreSQL that could be measured', 0, 'servers')];
    return [{ figures, judgement: { verdict: 'cannot-show', reason: error.message } }];
  }
}
