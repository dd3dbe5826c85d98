import { counts, defineClaim, drawn, intervals } from '@cookbook/lab/claim';
import { onPostgres, postgresLack } from '@cookbook/lab/postgres';
import { measureMisses } from './proof/misses.ts';

export default defineClaim({
  id: 'async-io/single-flight',
  question: 'How do I avoid a cache stampede in Node.js?',
  says: 'A cache in front of the database takes the load off it.',
  from: ['ours'],
  inNode: 'only if the requests that miss a key together share one query',
  answer:
    '100 requests that miss one key cost 1 query with SingleFlight, not 100; a rejection is not kept; an abort fails its own caller alone.',
  needs: [() => postgresLack()],

  measure: (context) =>
    onPostgres(context.signal, async (postgres) => {
      const { queries, rejections, oneAbort, lru, allAbort, time } = await measureMisses(postgres, context);
      return [
        counts(
          '100 requests that missed one key cost {plain-queries}, and {shared-queries number} with SingleFlight.',
          ...queries,
        ),
        counts(
          'A key that was not there rejected {missing-rejected} after {missing-queries number} query; added, it answered {added-right number}.',
          ...rejections,
        ),
        counts('The abort of the caller that began the query failed {one-failed number} of 100.', ...oneAbort),
        counts("In lru-cache's fetch it failed {lru-failed number}.", ...lru),
        counts(
          'When all 100 had aborted, PostgreSQL cancelled {all-cancelled number} query, and the next 100 were answered.',
          ...allAbort,
        ),
        intervals('The 100 take {time} the time of a query each.', time),
        drawn({
          notes: [`On ${postgres.place}, through a pool of 10 connections; PostgreSQL counts its queries itself.`],
        }),
      ];
    }),
});
