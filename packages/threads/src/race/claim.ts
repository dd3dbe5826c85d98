import { defineClaim } from '@cookbook/lab/claim';
import { countRounds, lost, none } from './proof/rounds.ts';

export default defineClaim({
  id: 'threads/race',
  question: 'Can two worker threads increment one shared number without a lock?',
  says: 'Shared memory without synchronisation is a source of races.',
  from: ['QA'],
  inNode: 'yes',
  answer:
    'Two threads that increment one shared number lose updates with a load and a store, usually with ++, and none with Atomics.add.',

  async measure(context) {
    const rounds = await countRounds(context);
    return [
      lost(
        'Two threads that count with a load and a store lost {load-and-store-share range} of the counts.',
        'load and store',
        rounds,
      ),
      lost('With ++ they lost {plain-share range}.', '++', rounds),
      none('With Atomics.add they lost none.', 'Atomics.add', rounds),
      none('Under a lock they lost none.', 'lock', rounds),
    ];
  },
});
