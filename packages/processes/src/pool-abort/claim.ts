import { counts, defineClaim, intervals } from '@cookbook/lab/claim';
import { abortTasks } from './proof/aborts.ts';

export default defineClaim({
  id: 'processes/pool-abort',
  question: 'How do I stop a task that is running in a process pool?',
  says: 'A task that has begun to run in a pool cannot be cancelled.',
  from: ['ours'],
  inNode: 'no',
  answer:
    'An abort signal or a time limit ends a running task of a process pool with its process; a new one answers within 1 s.',

  async measure(context) {
    const { aborted, late, left, processes, next } = await abortTasks(context);
    return [
      counts(
        'A signal ended {aborted number} endless tasks and a time limit {timed-out number}, each with its process.',
        aborted,
        late,
        left,
      ),
      counts('Each time a new process took its place.', processes),
      intervals('The next task was answered {time-to-next range} after an abort.', next),
    ];
  },
});
