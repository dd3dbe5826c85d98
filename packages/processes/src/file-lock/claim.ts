import { defineClaim, shown } from '@cookbook/lab/claim';
import { none, timePerCount } from '../proof/count-race.ts';
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
    const { alive, killed } = await countRounds(context);
    return [
      none('Four processes that counted in one file under the lock lost no count.', 'alive', 'lock file', alive),
      none(
        'When a holder was killed, the others went on and lost none.',
        'killed',
        'lock file, its holder killed',
        killed,
      ),
      shown('A count took {alive-time}.', timePerCount('alive', 'lock file', alive)),
    ];
  },
});
