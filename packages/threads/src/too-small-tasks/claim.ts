import { defineClaim, drawn, intervals, shown } from '@cookbook/lab/claim';
import { judgeWins, measureSizes, sizeFigures, THREADS } from './proof/sizes.ts';

export default defineClaim({
  id: 'threads/too-small-tasks',
  question: 'How small can the tasks of a worker pool be?',
  says: 'More threads, more speed.',
  from: ['ours'],
  inNode: 'only if a task takes longer than its message',
  answer:
    'For tasks of a few microseconds a pool takes at least 1.5 times as long as inline code, until 250 of them share a message.',

  async measure(context) {
    const rounds = await measureSizes(context);
    const { loses, wins, between, even } = sizeFigures(rounds);
    return [
      intervals(
        `For tasks of {small-time} a pool of ${THREADS} threads takes {small} the time of inline code.`,
        ...loses,
      ),
      {
        figures: wins,
        judgement: judgeWins(wins, rounds),
        words: 'With 250 of them in a message it takes {batched}, and for tasks of {large-time} {large}.',
      },
      shown(even.length > 0 ? 'The pool pays from {break-even} a task.' : '', ...even),
      shown('', ...between),
      drawn({
        notes: ['Times are CPU time of the busiest thread: what each way takes where every thread has a core.'],
      }),
    ];
  },
});
