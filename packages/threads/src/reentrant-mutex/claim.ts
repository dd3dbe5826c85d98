import { counted, counts, defineClaim, exactly } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { nest, refusals } from './proof/nested.ts';

const THREADS = 2;
const TIMES = 20_000;
const TRIES = 5;

export default defineClaim({
  id: 'threads/reentrant-mutex',
  question: 'Can a worker thread take a lock that it already holds?',
  says: 'A reentrant lock may be taken again by the thread that holds it.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'A reentrant mutex lets its holder in again, three deep here, and no other thread before the last unlock; a plain one refuses its holder.',

  async measure() {
    const { taken, overlaps, lost } = await nest(THREADS, TIMES);
    return [
      counts(
        'Two threads took a reentrant mutex {taken}, three deep; {overlaps or none} met another inside and {lost or none} lost an update.',
        counted('taken', 'reentrant mutex: taken', taken, 'times'),
        counted('overlaps', 'reentrant mutex: entered while another was inside', overlaps, 'times', { most: 0 }),
        counted('lost', 'reentrant mutex: updates lost', lost, 'updates', { most: 0 }),
      ),
      counts(
        'A plain mutex refused its holder in {refused}.',
        counted('refused', 'mutex: holder refused', refusals(TRIES), `of ${TRIES} tries`, exactly(TRIES)),
      ),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { taken, lost, overlaps } = answer as Record<'taken' | 'lost' | 'overlaps', number>;
    return counts(
      'Two threads took a threading.RLock {taken}, three deep; {overlaps or none} met another inside and {lost or none} lost an update.',
      counted('taken', 'taken', taken, 'times'),
      counted('overlaps', 'entered while another was inside', overlaps, 'times', { most: 0 }),
      counted('lost', 'updates lost', lost, 'updates', { most: 0 }),
    );
  }),
});
