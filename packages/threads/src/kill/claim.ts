import { counted, counts, defineClaim, intervals } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { killThreads, TRY_MS } from './proof/rounds.ts';

export default defineClaim({
  id: 'threads/kill',
  question: 'Can I kill a worker thread that is stuck in an endless loop?',
  says: 'A thread cannot be interrupted or killed.',
  from: ['QA'],
  inNode: 'no',
  answer:
    'Worker.terminate() ends an endless loop within 100 ms; no finally block runs, and a lock that it held stays held until recovered.',

  async measure({ signal }) {
    const { ended, leftBehind, asked } = await killThreads(signal);
    const note = `Without a time limit, taking a dead thread's lock waits for ever; here it is ${TRY_MS} ms.`;
    return [
      intervals('terminate() ended {ended} endless loops, in {time}.', ...ended),
      counts('No killed thread ran its finally block; every lock stayed held until it was recovered.', ...leftBehind),
      { ...intervals('', asked), notes: [note] },
    ];
  },

  // The post's sentence is judged: a thread has no method that ends it, and it is alive.
  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { ways, alive } = answer as { ways: string[]; alive: boolean };
    return counts(
      'A Python thread has no method to end it; its endless loop was alive after 0.3 s.',
      counted('methods', 'methods that end a thread', ways.length, 'methods', { most: 0 }),
      counted('alive', 'endless loops alive after a join of 0.3 s', Number(alive), 'threads', { least: 1 }),
    );
  }),
});
