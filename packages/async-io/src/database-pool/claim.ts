import { defineClaim } from '@cookbook/lab/claim';
import { onPostgres, postgresLack } from '@cookbook/lab/postgres';
import { measureQueries, otherFindings, poolCounts, speedupFinding } from './proof/queries.ts';

export default defineClaim({
  id: 'async-io/database-pool',
  question: 'Do database queries need threads to run at the same time?',
  says: 'Use threads for database operations.',
  from: ['MM', 'QA'],
  inNode: 'no',
  answer:
    '200 queries of 10 ms through a pool of 10 connections run at least 7 times as fast as one after another, on one thread.',
  needs: [() => postgresLack()],

  measure: (context) =>
    onPostgres(context.signal, async ({ connection, place }) => {
      const queries = await measureQueries(connection, context);
      return [
        speedupFinding(
          'On one thread 200 queries of 10 ms ran {pool-speedup} as fast through a pool of 10 connections as one after another.',
          queries,
        ),
        poolCounts(
          'Up to {pool-waiting number} of them waited inside the pool, {limit-waiting number} with a limit of 10 in front of it.',
          queries,
        ),
        ...otherFindings(queries, place, context.screen.columns),
      ];
    }),
});
