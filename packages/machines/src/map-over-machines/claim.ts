import { defineClaim } from '@cookbook/lab/claim';
import { needsPostgres, onDatabase } from '../proof/database.ts';
import { countInOrder, measureWorkers } from './proof/maps.ts';

export default defineClaim({
  id: 'machines/map-over-machines',
  question: 'How do I spread work in Node.js over several machines?',
  says: 'A job queue spreads work over as many machines as there are.',
  from: ['ours'],
  inNode: 'yes',
  answer:
    'Two workers map 1,000 inputs at least 1.4 times as fast as one, and all results stand at the places of their inputs.',
  needs: [needsPostgres],

  measure: (context) => onDatabase(async (url) => [await measureWorkers(url, context), await countInOrder(url)]),
});
