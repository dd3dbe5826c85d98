import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { answeredInTime, atOnceFigures, describeReports, descriptorFigures, limitedFigures } from './proof/figures.ts';
import { runScenarios } from './proof/scenarios.ts';

export default defineClaim({
  id: 'async-io/unbounded',
  question: 'Is it safe to start a large list of requests with Promise.all?',
  says: 'Start all tasks at once: async ones are cheap.',
  from: ['ours'],
  inNode: 'only if the list is known to be short',
  answer:
    '640 requests at once exhaust file descriptors, are refused, or come too late; with 32 in flight every one is answered in time.',

  async measure(context) {
    const reports = await runScenarios(context);
    const descriptors = descriptorFigures(reports);
    return [
      counts(
        'Of 640 requests at once {late number} are answered too late by a server that accepts all, and {refused number} are refused by one that does not.',
        ...atOnceFigures(reports),
      ),
      ...(descriptors.length > 0
        ? [
            counts(
              'With few file descriptors {no-descriptor number} find none, which is what breaks first.',
              ...descriptors,
            ),
          ]
        : []),
      answeredInTime('With 32 in flight {in-time number} are answered in time.', reports),
      counts('', ...limitedFigures(reports)),
      drawn({ notes: describeReports(reports) }),
    ];
  },
});
