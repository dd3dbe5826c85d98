import { defineClaim, drawn, intervals, shown } from '@cookbook/lab/claim';
import { compareSums, NOTE } from './proof/compare-sums.ts';

export default defineClaim({
  id: 'threads/cloning-costs',
  question: 'Why is it slower to send data to a worker than to process it here?',
  says: 'Moving a computation to a worker takes it off the main thread.',
  from: ['ours'],
  inNode: 'only if its input need not be cloned',
  answer:
    'Posting records to a worker to be summed takes at least ten times an inline sum; posting shared or transferred columns, under a tenth.',

  async measure(context) {
    const { records, columns, times } = await compareSums(context);
    return [
      intervals(
        'Posting records to a worker to be summed took {total} the time of summing them inline; the posting alone took {blocked}.',
        ...records,
      ),
      intervals(
        'Posting columns took the main thread {transferred} of the inline time where they were transferred, {shared} where shared.',
        ...columns,
      ),
      shown('', ...times),
      drawn({ notes: [NOTE] }),
    ];
  },
});
