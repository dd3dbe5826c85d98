import { claimOf } from '../pitfall/claim-of.ts';
import { pitfall } from './pitfall.ts';
import { againstItself } from './proof/ratios.ts';

export default claimOf(pitfall, {
  question: 'Why is the same function slower when I benchmark it a second time?',
  says: 'Warm the function up, then time each variant in a loop.',
  from: ['ours'],
  inNode: 'no',
  answer:
    'Measured eight times in one process, the same function costs over 1.5 times as much the last time; in new processes, or in turns, not.',
  measure: againstItself,
});
