import { defineClaim } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import { openCorpus } from '../files/proof/corpus.ts';
import { measureStops } from './proof/event-loop.ts';

export default defineClaim({
  id: 'async-io/files-in-worker',
  question: 'Does reading files block the event loop of Node.js?',
  says: 'Use threads for file operations.',
  from: ['MM', 'QA'],
  inNode: 'only if the reads are synchronous',
  answer:
    'Reading 10,000 small files synchronously stops the event loop for at least 85 % of that time; in a worker, or limited, under a third.',

  measure: (context) =>
    withFolder('cookbook-files', async (folder) => {
      const words =
        'The event loop stood still for {sync-stop} while files were read synchronously, {worker-stop} while a worker read them, and {limited-stop} with 32 at a time.';
      return await measureStops(words, await openCorpus(folder), context);
    }),
});
