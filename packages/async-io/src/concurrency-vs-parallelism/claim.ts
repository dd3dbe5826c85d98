import { defineClaim } from '@cookbook/lab/claim';
import { parallel, serial } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { cpuOf, measureGains, overlapping, TASKS, THREADS, watchOverlap } from './proof/overlap.ts';
import { drawOverlap } from './proof/timeline.ts';

export default defineClaim({
  id: 'async-io/concurrency-vs-parallelism',
  question: 'What is the difference between concurrency and parallelism?',
  says: 'Concurrency manages many tasks at once; parallelism runs them at the same time.',
  from: ['RC'],
  inNode: 'yes',
  answer:
    'One thread overlaps six waiting tasks at under 5 % of its CPU, but runs six computing tasks one at a time; two threads run two.',

  async measure(context) {
    const unit = calibrate();
    const { waiting, computing, onThreads } = await watchOverlap(unit, context);
    const { threads, tasks } = await measureGains(unit, context);
    const computes = 'Of 6 computing tasks one thread runs {computing number} at a time.';
    return [
      overlapping(
        'One thread overlaps {waiting number} of 6 waiting tasks.',
        'waiting',
        'waiting on one thread',
        waiting,
        TASKS,
      ),
      cpuOf('waiting-cpu', 'CPU of the thread while its tasks wait', waiting, { most: 5 }),
      overlapping(computes, 'computing', 'computing on one thread', computing, 1),
      cpuOf('computing-cpu', 'CPU of the thread while its tasks compute', computing, { least: 75 }),
      overlapping(
        'Two threads compute {on-threads number} at a time.',
        'on-threads',
        'computing on two threads',
        onThreads,
        THREADS,
      ),
      parallel('threads', 'two threads that compute', threads, ''),
      serial('tasks', 'two async tasks that compute', tasks, ''),
      drawOverlap({ waiting, computing, onThreads }, context.screen.columns),
    ];
  },
});
