import { defineClaim, drawn } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import { cacheSaves, measureStarts, processIsSlower } from './proof/first-messages.ts';
import { describeGrowth, measureGrowth, MEMORY, oneMore, otherMeasures } from './proof/memory-of-one-more.ts';

export default defineClaim({
  id: 'processes/footprint',
  question: 'How much memory does a child process or a worker thread take in Node.js?',
  says: 'Processes need more memory; threads are lightweight.',
  from: ['QA'],
  inNode: 'only if megabytes for each thread are light',
  answer:
    "A process takes 1.1 to 2 times a thread's private memory, a thread at least 3 MiB, an async task at most 8 KiB.",

  measure: (context) =>
    withFolder('footprint', async (cache) => {
      const starts = await measureStarts(cache, context);
      const grown = await measureGrowth(cache, context);
      return [
        oneMore(
          `One more thread takes {one-more-thread} of ${MEMORY}, a process {one-more-process}, an async task {one-more-task}.`,
          grown,
        ),
        otherMeasures(grown),
        processIsSlower(
          'The first message of a thread takes {first-of-thread}, of a process {first-of-process}.',
          starts,
        ),
        ...cacheSaves(
          'A warm compile cache shortens the start of a thread to {cache-thread}, of a process to {cache-process}.',
          starts,
        ),
        drawn({ notes: describeGrowth(grown) }),
      ];
    }),
});
