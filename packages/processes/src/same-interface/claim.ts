import { counted, counts, defineClaim, shown } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { compareBehaviours } from './proof/behaviours.ts';

export default defineClaim({
  id: 'processes/same-interface',
  question: 'Can the same code run in a worker thread or in a child process?',
  says: 'The interface of processes mirrors that of threads.',
  from: ['QA'],
  inNode: 'yes',
  answer:
    'One function runs the same task file in a thread or in a process, with the same answers, errors and end by AbortSignal.',

  async measure(context) {
    const { behaviours, times } = await compareBehaviours(context);
    return [
      counts(
        'In all {thread-answer}, a task in a thread and in a process gave the right answer, kept the types of what it was sent, threw an error of its own class, in a timer too, and ended on abort.',
        ...behaviours,
      ),
      shown('Start, one task and end took {thread-time} in a thread and {process-time} in a process.', ...times),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const places = answer as Record<'thread' | 'process', { primes: number; error: string; elsewhere: boolean }>;
    const figures = (['thread', 'process'] as const).flatMap((place) => {
      const { primes, error, elsewhere } = places[place];
      return [
        counted(`${place}-answer`, `${place}: right answer`, Number(primes === 2_262), 'of 1', { least: 1 }),
        counted(`${place}-place`, `${place}: ran elsewhere`, Number(elsewhere), 'of 1', { least: 1 }),
        counted(`${place}-error`, `${place}: error kept`, Number(error === 'ValueError: limit is 1'), 'of 1', {
          least: 1,
        }),
      ];
    });
    return counts('A thread and a process gave the same answer and the same error.', ...figures);
  }),
});
