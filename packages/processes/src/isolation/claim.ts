import { counted, counts, defineClaim, drawn, shown } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { drawRows, runExperiments, survival, traces } from './proof/cells.ts';

export default defineClaim({
  id: 'processes/isolation',
  question: 'Does a crash in a child process or a worker thread take my program down?',
  says: 'Processes have separate memory.',
  from: ['MM', 'QA'],
  inNode: 'yes',
  answer:
    'None of four crashes of a child process reaches its parent; in a thread, a fatal signal or an unhandled error ends the whole process.',

  async measure(context) {
    const rows = await runExperiments(context);
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
      drawn({ notes: [`\n${drawRows(rows)}`] }),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { process: own, thread, after_abort: survivors } = answer as Record<string, number>;
    return [
      counts(
        "A process left its parent's global at {process-global number}, and its abort() did not end the parent.",
        counted('process-global', 'global of the parent after a process has added 1', own!, '', { most: 0 }),
        counted('alive-after-abort', 'parents alive after abort() in a child', survivors!, 'of 1', { least: 1 }),
      ),
      shown(
        'A thread made it {thread-global number}.',
        counted('thread-global', 'global of the parent after a thread has added 1', thread!, ''),
      ),
    ];
  }),
});
