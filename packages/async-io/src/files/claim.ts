import { defineClaim } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import { watchLoad } from '@cookbook/lab/host';
import { openCorpus } from './proof/corpus.ts';
import { cpuFinding, drawFiles, madeFilesRight, timeFinding } from './proof/findings.ts';
import { slicesOf, sweepLimits, timeSlices } from './proof/measure.ts';

export default defineClaim({
  id: 'async-io/files',
  question: 'What is the cheapest way to read many small files in Node.js?',
  says: 'Use threads for file operations.',
  from: ['MM', 'QA'],
  inNode: 'no',
  answer:
    'Small cached files cost the least CPU time read synchronously: a limit takes at least 1.1 times that, a loop that awaits 1.5, streams 5.',

  measure: (context) =>
    withFolder('cookbook-files', async (folder) => {
      context.screen.draw('… files: finds and makes them');
      const corpus = await openCorpus(folder);
      const slices = slicesOf(corpus);
      const loadSince = watchLoad();
      const costs = await timeSlices(corpus, slices, context);
      const load = loadSince();
      const sweep = await sweepLimits(slices[0]!, context);
      return [
        cpuFinding(
          'Reading 32 small files at a time took {cpu-limited-digest} the CPU time of a synchronous read, one by one {cpu-in-sequence-digest}, and streams {cpu-streamed-digest}.',
          costs,
          load,
        ),
        timeFinding(
          'By the clock 32 at a time took {time-limited-digest} as long, one by one {time-in-sequence-digest}, and streams {time-streamed-digest}.',
          costs,
          slices[0]!.length,
        ),
        madeFilesRight(corpus),
        drawFiles(corpus, sweep),
      ];
    }),
});
