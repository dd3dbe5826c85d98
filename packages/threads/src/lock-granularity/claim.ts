import { counts, defineClaim, drawn, shown } from '@cookbook/lab/claim';
import { parallel } from '@cookbook/lab/speedup';
import { atWork, gainFigures, NOTES, speedupUnder } from './proof/throughput.ts';

export default defineClaim({
  id: 'threads/lock-granularity',
  question: 'Should threads share one lock, or have a lock for each row?',
  says: 'The granularity of locking is a choice that matters.',
  from: ['QA'],
  inNode: 'yes',
  answer:
    'One lock for a table makes two threads take turns; a lock per row, or 16 for all rows, lets both work at once.',

  async measure(context) {
    const table = await speedupUnder('table', context);
    const row = await speedupUnder('row', context);
    return [
      parallel('row', 'two threads with a lock per row', row),
      counts(
        'Of two threads {row-at-work number} worked at once with a lock per row, {table-at-work number} with one lock, {same-row-at-work number} where both wanted one row; of 16 with 16 locks, {group-at-work number}.',
        ...(await atWork(context)),
      ),
      shown('', ...gainFigures(row, table)),
      drawn({ notes: NOTES }),
    ];
  },
});
