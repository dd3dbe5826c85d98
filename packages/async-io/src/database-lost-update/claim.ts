import { defineClaim } from '@cookbook/lab/claim';
import { onPostgres, postgresLack } from '@cookbook/lab/postgres';
import { costFinding, lossFinding, raceInRounds } from './proof/rounds.ts';

export default defineClaim({
  id: 'async-io/database-lost-update',
  question: 'Can concurrent transactions lose updates in PostgreSQL?',
  says: 'What is done in a transaction is safe from other transactions.',
  from: ['ours'],
  inNode: 'only if it locks what it reads, is serializable, or is one statement',
  answer:
    'Transactions that read and then write lose updates; with for update, serializable and a retry, or one statement they lose none.',
  needs: [() => postgresLack()],

  measure: (context) =>
    onPostgres(context.signal, async ({ connection, place }) => {
      const rounds = await raceInRounds(connection, context);
      const broken =
        'Eight connections that read and then write one number lost {read-then-write-lost range} of the updates.';
      return [
        { ...lossFinding(broken, 'read, then write', rounds), notes: [`On ${place}.`] },
        lossFinding('Transactions with for update lost {for-update-lost or none}.', 'for update', rounds),
        lossFinding('Serializable transactions with a retry lost {serializable-lost or none}.', 'serializable', rounds),
        lossFinding('One statement lost {one-statement-lost or none}.', 'one statement', rounds),
        costFinding(rounds),
      ];
    }),
});
