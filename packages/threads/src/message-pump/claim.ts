import { counted, counts, defineClaim, intervals } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { ratioFigure } from '@cookbook/lab/speedup';
import { measureCosts, ROUNDS } from './proof/costs.ts';

export default defineClaim({
  id: 'threads/message-pump',
  question: 'Do I need locks if one thread owns the state and others send it messages?',
  says: 'With a queue or a message pump no manual synchronisation is needed.',
  from: ['QA'],
  inNode: 'only if each change is one message',
  answer:
    'Worker threads that send an owner one message per change lose no update without a lock; each costs at least 20 times an Atomics.add.',

  async measure(context) {
    const { lost, answered, unanswered } = await measureCosts(context);
    return [
      counts(
        'With one message per change no update was lost; with a get and a set as two messages, {get-set-lost} were.',
        counted('add-lost', 'add: updates lost', lost.add, 'updates', { most: 0 }),
        counted('unanswered-lost', 'add, unanswered: updates lost', lost['add, unanswered'], 'updates', { most: 0 }),
        counted('get-set-lost', 'get, then set: updates lost', lost['get, then set'], 'updates', { least: ROUNDS }),
      ),
      intervals(
        'A message and its answer take {answered range} the CPU time of an Atomics.add.',
        ratioFigure('answered', 'CPU time of a command and its answer / of an Atomics.add', answered, { least: 50 }),
      ),
      intervals(
        '',
        ratioFigure('unanswered', 'CPU time of a command without answer / of an Atomics.add', unanswered, {
          least: 20,
        }),
      ),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { counted: count, expected } = answer as Record<'counted' | 'expected', number>;
    return counts(
      'Through a queue.Queue none of {sent} was lost.',
      counted('lost', 'updates lost', Math.abs(expected - count), 'updates', { most: 0 }),
      counted('sent', 'updates sent', expected, 'updates'),
    );
  }),
});
