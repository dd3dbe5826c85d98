import { defineClaim } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { pythonHalf, speedupOf } from '@cookbook/lab/python';
import {
  asyncLanes,
  measureSerial,
  measureSweep,
  parallelSweep,
  serial,
  sweepPlot,
  unitTask,
} from '@cookbook/lab/speedup';
import { openThreads } from './recipe.ts';

export default defineClaim({
  id: 'threads/cpu-scaling',
  question: 'Do worker threads make CPU-bound code faster?',
  says: 'Threads do not speed up CPU-bound work: the interpreter lock admits one at a time.',
  from: ['RC', 'MM', 'QA'],
  inNode: 'no',
  answer:
    'Worker threads speed up CPU-bound work nearly once per core, up to the number of cores; async tasks on one thread do not.',

  async measure(context) {
    const threads = await measureSweep({ open: (count) => openThreads(unitTask, count), context });
    const tasks = await measureSerial({ open: asyncLanes, lanes: 2, context });
    return [
      {
        ...parallelSweep('threads', 'worker thread', threads),
        plots: [sweepPlot('Speedup of worker threads', 'threads', threads)],
      },
      serial('tasks', '2 async tasks', tasks),
    ];
  },

  // The post's sentence is judged here, so a Python without the lock refutes it.
  python: pythonHalf(new URL('./original.py', import.meta.url), [String(Math.max(2, usableCores()))], (answer) =>
    serial('threads', 'the threads', speedupOf(answer)),
  ),
});
