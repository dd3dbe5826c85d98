import { defineClaim, shown } from '@cookbook/lab/claim';
import { lost, none, timePerCount } from '../proof/count-race.ts';
import { countRounds } from './proof/rounds.ts';

export default defineClaim({
  id: 'processes/file-lock',
  question: 'How do I lock a file that several processes write?',
  says: 'A lock file is held for as long as it exists.',
  from: ['ours'],
  inNode: 'only if its holder is alive',
  answer:
    'Four processes that count in one file under a lock of linked files lose no count, also when a holder is killed.',

  async measure(context) {
    const { alive, killed, free } = await countRounds(context);
    return [
      none('Four processes that counted in one file under the lock lost no count.', 'alive', 'lock file', alive),
      none(
        'When a holder was killed, the others went on and lost none.',
        'killed',
        'lock file, its holder killed',
        killed,
      ),
      lost('Without it they lost {free-share range} of the updates.', 'free', 'no lock', free),
      shown('A count under it took {alive-time}.', timePerCount('alive', 'lock file', alive)),
    ];
  },
});
