import { defineClaim, shown } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { lost, none, timePerCount } from '../proof/count-race.ts';
import { pythonCounts } from './proof/python-counts.ts';
import { countRounds } from './proof/rounds.ts';

export default defineClaim({
  id: 'processes/no-locks',
  question: 'Do processes need locks?',
  says: 'Processes do away with most synchronisation.',
  from: ['QA'],
  inNode: 'only if they share nothing outside their own memory',
  answer:
    'Processes lose no count in memory of their own; in one shared file they lose updates, in a transaction or by appended lines none.',

  async measure(context) {
    const { memory, file, append, transaction, killed } = await countRounds(context);
    return [
      none('Four processes lost no count in memory of their own.', 'memory', 'own memory', memory),
      lost('In one file they lost {file-share range} of the updates.', 'file', 'file', file),
      none('By appended lines they lost none.', 'append', 'append', append),
      none('In a transaction they lost none.', 'transaction', 'transaction', transaction),
      none('', 'killed', 'transaction, its holder killed', killed),
      shown('', timePerCount('file', 'file', file), timePerCount('append', 'append', append)),
      shown('', timePerCount('transaction', 'transaction', transaction)),
    ];
  },

  // The post's sentence is judged where it holds: in memory of their own.
  python: pythonHalf(new URL('./original.py', import.meta.url), [], pythonCounts),
});
