import { atOnce, counts, defineClaim, drawn, intervals, shown } from '@cookbook/lab/claim';
import {
  AT_ONCE,
  costFigures,
  measureRequests,
  memoryFigure,
  NOTES,
  rightFigure,
  timeFigure,
} from './proof/requests.ts';

export default defineClaim({
  id: 'async-io/io-in-workers',
  question: 'Do worker threads make I/O faster in Node.js?',
  says: 'Threads are for I/O-bound work.',
  from: ['RC', 'MM', 'QA'],
  inNode: 'no',
  answer: '16 requests at a time take as long from 16 threads as from one, and each thread takes more than 10 MiB.',

  async measure(context) {
    const measured = await measureRequests(context);
    const { tasks, threads } = measured.most;
    return [
      intervals('16 requests at a time from one thread take {time} the time of 16 threads.', timeFigure(measured)),
      intervals('Each thread takes {memory} of memory.', memoryFigure(measured)),
      atOnce('', 'tasks-in-flight', 'async tasks: most requests in flight at the server', tasks, AT_ONCE, 'requests'),
      atOnce('', 'threads-in-flight', 'threads: most requests in flight at the server', threads, AT_ONCE, 'requests'),
      counts('', rightFigure(measured)),
      shown('', ...costFigures(measured)),
      drawn({ notes: NOTES }),
    ];
  },
});
