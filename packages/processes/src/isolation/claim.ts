import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { drawRows, runExperiments, survival, traces } from './proof/cells.ts';
import { drawThreads, exhaustHeaps, memoryOf } from './proof/memory.ts';
import { ofPython } from './proof/of-python.ts';

export default defineClaim({
  id: 'processes/isolation',
  question: 'Does a crash in a child process or a worker thread take my program down?',
  says: 'Processes have separate memory.',
  from: ['MM', 'QA'],
  inNode: 'yes',
  answer:
    'No crash of a child process reaches its parent; in a thread, a fatal signal, unhandled error or full heap can end the whole program.',

  async measure(context) {
    const rows = await runExperiments(context);
    const heaps = await exhaustHeaps(context);
    const { globals, dumps } = traces(rows);
    return [
      counts(
        'Parent and sibling survived {process-survived number} of 4 crashes of a child process.',
        ...survival(rows, 'process'),
      ),
      counts(
        'In a thread they survived {thread-survived number} of 5: not a fatal signal, and not an error without a listener.',
        ...survival(rows, 'thread'),
      ),
      counts('', globals, dumps),
      memoryOf(
        'A heap that ran out ended the thread alone in {memory-thread-ended-alone}, the whole program in {memory-thread-ended-the-whole-program}: only a process is a wall for memory.',
        'thread',
        heaps,
      ),
      memoryOf('', 'process', heaps),
      drawn({ notes: [`\n${drawRows(rows)}`, `\n${drawThreads(heaps)}`] }),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], ofPython),
});
