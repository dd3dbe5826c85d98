import { counts, defineClaim, drawn, shown } from '@cookbook/lab/claim';
import { plotRuns, scoreFigures, timeFigures } from './proof/one-run-each.ts';
import { describePipelines, measurePipelines } from './proof/pipelines.ts';
import { threadsThatWait, together } from './proof/speedup.ts';

export default defineClaim({
  id: 'async-io/async-plus-threads',
  question: 'Should I combine async I/O with worker threads in Node.js?',
  says: 'Async for I/O and threads for CPU-bound work, combined, is the common approach.',
  from: ['RC'],
  inNode: 'yes',
  answer:
    'For documents of 20 ms waiting and 15 ms computing, async with 2 threads is at least 1.7 times as fast as async alone.',

  async measure(context) {
    const measured = await measurePipelines(context);
    return [
      together('Async with 2 threads is {both-speedup} as fast as async alone.', measured.both),
      threadsThatWait(
        'Threads that also wait for downloads are {threads-speedup} as fast as async alone.',
        measured.threadsAlone,
      ),
      counts(
        '{right} were scored right, with at most {held number} of them in memory at once.',
        ...scoreFigures(measured),
      ),
      shown('', ...timeFigures(measured)),
      drawn({ notes: describePipelines(measured.runs), plots: [plotRuns(measured.runs)] }),
    ];
  },
});
