import { counted, counts, defineClaim, shown } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { costFigure, countRounds } from './proof/contest.ts';

export default defineClaim({
  id: 'threads/mutex',
  question: 'Is there a mutex for worker threads in Node.js?',
  says: 'A lock admits one thread at a time.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'A mutex on one shared word admits one thread at a time and loses no update; a flag that is tested, then set, admits two.',

  async measure(context) {
    const { mutex, flag, rounds } = await countRounds(context);
    return [
      counts(
        'Two and four threads entered the mutex {entered}; {overlaps or none} met another inside and {lost or none} lost an update.',
        counted('entered', 'mutex: entered', mutex.entered, 'times'),
        counted('overlaps', 'mutex: entered while another was inside', mutex.overlaps, 'times', { most: 0 }),
        counted('lost', 'mutex: updates lost', mutex.lost, 'updates', { most: 0 }),
      ),
      counts(
        'With a flag that is tested, then set, a thread met another inside {flag-overlaps}.',
        counted('flag-overlaps', 'flag: entered while another was inside', flag.overlaps, 'times', { least: rounds }),
        counted('flag-lost', 'flag: updates lost', flag.lost, 'updates'),
      ),
      shown(
        'In one thread a count under the mutex costs {cost-alone range} an Atomics.add.',
        await costFigure('cost-alone', 1, context),
        await costFigure('cost-contended', 2, context),
      ),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { entered, lost, overlaps } = answer as Record<'entered' | 'lost' | 'overlaps', number>;
    return counts(
      'Two threads entered a threading.Lock {entered}; {overlaps or none} met another inside and {lost or none} lost an update.',
      counted('entered', 'entered', entered, 'times'),
      counted('overlaps', 'entered while another was inside', overlaps, 'times', { most: 0 }),
      counted('lost', 'updates lost', lost, 'updates', { most: 0 }),
    );
  }),
});
