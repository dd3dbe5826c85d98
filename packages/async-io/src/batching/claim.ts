import { counts, defineClaim, drawn, intervals } from '@cookbook/lab/claim';
import { onPostgres, postgresLack } from '@cookbook/lab/postgres';
import { loadBothWays } from './proof/loads.ts';

export default defineClaim({
  id: 'async-io/batching',
  question: 'How do I avoid one database query per item (the N+1 problem)?',
  says: 'Concurrent queries are fast enough: send one for each item.',
  from: ['ours'],
  inNode: 'no',
  answer:
    '1,000 loads of one tick cost 1,000 queries, batched by 100 only 10; each answer reaches its asker, and a missing key fails alone.',
  needs: [() => postgresLack()],

  measure: (context) =>
    onPostgres(context.signal, async ({ connection, place }) => {
      const { queries, answers, failures, time } = await loadBothWays(connection, context);
      return [
        counts(
          '1,000 loads of one tick cost {single-queries number} queries, batched {batch-queries number}.',
          ...queries,
        ),
        counts('Batched, {answered} reached their asker, {misplaced or none} another.', ...answers),
        counts(
          'Of 3 keys that are not there {failed-alone number} loads failed, of a query that is refused {failed-batch}.',
          ...failures,
        ),
        intervals('Batched, they take {batch-time} the time.', time),
        drawn({ notes: [`On ${place}, through a pool of 10 connections.`] }),
      ];
    }),
});
