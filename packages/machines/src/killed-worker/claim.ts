import { defineClaim } from '@cookbook/lab/claim';
import { needsPostgres, onDatabase } from '../proof/database.ts';
import { killHalfWay } from './proof/kill.ts';

export default defineClaim({
  id: 'machines/killed-worker',
  question: 'What happens to its jobs when a BullMQ worker is killed?',
  says: 'A job whose worker dies is lost.',
  from: ['ours'],
  inNode: 'no',
  answer:
    'When one of two workers is killed half-way, another does its jobs: 1,000 of 1,000 results are right, and each keyed effect is there once.',
  needs: [needsPostgres],

  measure: (context) => onDatabase((url) => killHalfWay(url, context)),
});
