import { defineClaim } from '@cookbook/lab/claim';
import { parallel } from '@cookbook/lab/speedup';
import { boundFinding, measureSplits } from './proof/splits.ts';

export default defineClaim({
  id: 'threads/unequal-split',
  question: 'Why do two threads give less than twice the speed?',
  says: 'N threads on N parts are N times as fast.',
  from: ['ours'],
  inNode: 'only if the parts take the same time',
  answer:
    'The largest part bounds the speedup: about 1.33x if one of two holds three quarters of the work, over 1.5x if they are equal.',

  async measure(context) {
    const splits = await measureSplits(context);
    return [
      boundFinding(
        'Two halves with the same number of rows, the second with three quarters of the work, allow a speedup of {bound} and reach {reached}.',
        splits,
      ),
      parallel(
        'by-cost',
        'two halves of the same cost',
        splits.byCost,
        'Halves of the same cost reach {by-cost-observed}.',
      ),
      parallel('stripes', 'two stripes', splits.striped, 'Stripes reach {stripes-observed}.'),
    ];
  },
});
