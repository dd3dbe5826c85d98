import { counted, counts, defineClaim } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { countChanges } from './proof/changes.ts';

const GIVEN = ['object', 'numbers', 'module', 'environment'];

export default defineClaim({
  id: 'threads/shared-memory',
  question: 'Do worker threads in Node.js share memory?',
  says: "Threads share the process's memory.",
  from: ['MM', 'QA'],
  inNode: 'only if it is a SharedArrayBuffer',
  answer:
    'Of five things that a worker thread changes, its sender sees only the SharedArrayBuffer; object, array, module variable and environment are copies.',

  async measure({ signal }) {
    const { changed, copies, shared, transferred } = await countChanges(signal);
    return [
      counts(
        'The sender saw changes of a SharedArrayBuffer in {shared-seen}, and none of an object, an array, a module variable or the environment.',
        shared,
        ...copies,
      ),
      counts('A transferred buffer left its sender empty, and came back with the change.', ...transferred),
      counts('', changed),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const seen = answer as Record<string, number>;
    const figures = GIVEN.map((given) =>
      counted(`${given}-seen`, `${given}: change seen by the starter`, seen[given] ?? 0, 'of 1', { least: 1 }),
    );
    const words = "The starter saw the thread's change of an object, a list, a module variable and the environment.";
    return counts(words, ...figures);
  }),
});
