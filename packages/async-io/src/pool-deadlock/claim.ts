import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { onPostgres, postgresLack } from '@cookbook/lab/postgres';
import { handDown, runIntoDeadlock, waitWithLimit } from './proof/deadlocks.ts';

export default defineClaim({
  id: 'async-io/pool-deadlock',
  question: 'Why does my PostgreSQL pool hang with every connection idle in transaction?',
  says: 'What is not part of a transaction can be asked of the pool meanwhile: it has other connections.',
  from: ['ours'],
  inNode: 'only if one of them is free',
  answer:
    'Ten transactions that each ask a pool of 10 for a second connection never finish; with their own handed down, all of 100 do.',
  needs: [() => postgresLack()],

  measure: (context) =>
    onPostgres(context.signal, async ({ connection, place }) => {
      const { stuck, freed } = await runIntoDeadlock(connection, context.signal);
      const done = await handDown(connection);
      const late = await waitWithLimit(connection);
      return [
        counts(
          'Of 10 transactions that asked their pool of 10 for a second connection {stuck number} stood still: each was idle at the server, and waited in the pool.',
          ...stuck,
        ),
        counts('One connection more, and {freed number} finished.', ...freed),
        counts(
          'With their own connection handed down {done number} of 100 finished, and gave back all 10 connections.',
          ...done,
        ),
        counts('With connectionTimeoutMillis {late number} of 10 failed, and were rolled back.', ...late),
        drawn({ notes: [`On ${place}.`] }),
      ];
    }),
});
