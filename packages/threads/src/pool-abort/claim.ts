import { counted, counts, defineClaim, exactly, sampled, shown } from '@cookbook/lab/claim';
import { endEndlessTasks, TASKS } from './proof/endless-tasks.ts';

export default defineClaim({
  id: 'threads/pool-abort',
  question: 'How do I cancel a running task in a worker thread pool?',
  says: 'A task that a pool has started cannot be cancelled.',
  from: ['ours'],
  inNode: 'no',
  answer:
    'An abort signal ends a running Piscina task, even an endless one, 5 of 5 times; the pool replaces the thread and continues.',

  async measure({ signal }) {
    const { ended, threads, next } = await endEndlessTasks(signal);
    return [
      counts(
        'An abort signal ended {ended} endless tasks, and after each the pool went on with a new thread.',
        counted('ended', 'endless tasks ended by their signal', ended, `of ${TASKS}`, exactly(TASKS)),
        counted('answered', 'tasks answered after an endless one', next.length, `of ${TASKS}`, exactly(TASKS)),
        counted('threads', 'threads of a pool of 1 in its life', threads, 'threads', exactly(TASKS + 1)),
      ),
      shown(
        'The next task was done {next} after the signal.',
        sampled('next', 'from the signal until the next task is done', next, 'ms'),
      ),
    ];
  },
});
