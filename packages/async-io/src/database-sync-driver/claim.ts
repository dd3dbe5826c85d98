import { defineClaim } from '@cookbook/lab/claim';
import { onPostgres, postgresLack } from '@cookbook/lab/postgres';
import { stopFindings, watchLoop } from './proof/event-loop.ts';

export default defineClaim({
  id: 'async-io/database-sync-driver',
  question: 'Does node:sqlite block the event loop?',
  says: 'Use threads for database operations.',
  from: ['MM', 'QA'],
  inNode: 'only if the driver is synchronous',
  answer:
    'A query of node:sqlite stops the event loop for at least 90 % of its time; in a worker, or in PostgreSQL by pg, under 40 %.',
  needs: [() => postgresLack()],

  measure: (context) =>
    onPostgres(context.signal, async ({ connection }) =>
      stopFindings(
        'A query stopped the event loop for {sqlite-stop} with node:sqlite, {worker-stop} with node:sqlite in a worker, and {pg-stop} with pg.',
        await watchLoop(connection, context),
      ),
    ),
});
