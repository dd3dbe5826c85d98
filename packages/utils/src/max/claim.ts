import { counts, defineClaim, drawn, intervals } from '@cookbook/lab/claim';
import { parallel } from '@cookbook/lab/speedup';
import { sharedValues } from './proof/doubles.ts';
import { longestFigure, paidFrom, reduceFigure, smallFigure, sweepPlot } from './proof/figures.ts';
import { judgeLarge, measureScan } from './proof/scan-speedup.ts';
import { LARGE, sweepSizes, THREADS } from './proof/sweep-sizes.ts';
import { threadFigures } from './proof/threads-taking-part.ts';

export default defineClaim({
  id: 'utils/max',
  question: 'How do I find the largest number in a very long array in Node.js?',
  says: 'The largest value, such as the peak of the CPU, is found by max.',
  from: ['RC'],
  inNode: 'only if the array is short',
  answer:
    'Math.max(...values) throws for 10,000,000 values; a loop is at least 4x as fast as reduce; threads speed up 8,000,000 values and slow down 10,000.',

  async measure(context) {
    const values = sharedValues(LARGE);
    const reduce = await reduceFigure(values, context);
    const sizes = await sweepSizes(values, THREADS, context.signal);
    const scan = await measureScan(values, sizes.at(-1)!.alone, context);
    return [
      counts('Math.max(...) took at most {longest} here.', longestFigure()),
      intervals('Over 1,000,000 doubles, reduce took {reduce} the time of a loop.', reduce),
      intervals(`${THREADS} threads took {small} the time of one call for 10,000 doubles.`, smallFigure(sizes)),
      parallel(
        'large',
        `${THREADS} threads`,
        scan,
        `${THREADS} threads that scan 8,000,000 doubles are {large-observed} as fast as one.`,
        judgeLarge,
      ),
      counts('', ...(await threadFigures(values, THREADS))),
      paidFrom('In this run MaxThreads was faster than one call from {paid-from} on.', sizes),
      drawn({
        notes: [
          'The threads are warm, the doubles in shared memory. A size counts as faster by its quickest rounds; busy neighbours move it upwards.',
        ],
        plots: [sweepPlot(sizes)],
      }),
    ];
  },
});
