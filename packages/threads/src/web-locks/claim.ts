import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { outcomes } from '@cookbook/lab/race';
import {
  betweenThreads,
  entryFigures,
  OVERLAP,
  PROVOKED_NOTE,
  provoke,
  tallyOf,
  withinThread,
} from './proof/entries.ts';

export default defineClaim({
  id: 'threads/web-locks',
  question: 'Does navigator.locks work across worker threads in Node.js?',
  says: "The platform's exclusive lock excludes every other holder.",
  from: ['ours'],
  inNode: 'only if all its holders are tasks of one thread',
  answer:
    'Within one thread navigator.locks admits one task at a time; across worker threads it lets two in at once now and then.',

  async measure({ signal, budget }) {
    const tasks = await withinThread(4, 'navigator.locks', signal);
    const mutex = await betweenThreads('Mutex.lockAsync', signal);
    const threads = await provoke('navigator.locks', budget, signal);
    const provoked = outcomes(
      `Under navigator.locks (Node ${process.versions.node}) {threads-overlaps number} of {threads-entries} by two threads found the other inside.`,
      'threads',
      'navigator.locks, 2 threads',
      tallyOf(threads),
      OVERLAP,
    );
    const figures = entryFigures('threads', 'navigator.locks, 2 threads', threads, false);
    return [
      { ...provoked, figures: [...figures, ...provoked.figures] },
      counts(
        'Of {tasks-entries} by four tasks of one thread {tasks-overlaps or none} did.',
        ...entryFigures('tasks', 'navigator.locks, 4 tasks of one thread', tasks, true),
      ),
      counts('', ...entryFigures('mutex', 'Mutex.lockAsync, 2 threads', mutex, true)),
      drawn({ notes: [PROVOKED_NOTE] }),
    ];
  },
});
