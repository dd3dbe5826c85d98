import {
  allHold,
  counted,
  defineClaim,
  describeFigure,
  formatNumber,
  judgeBounds,
  keepsBound,
} from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import { canLimitDescriptors } from './proof/client.ts';
import { OUTCOMES } from './proof/errand.ts';
import {
  breaksOf,
  DEADLINE,
  DELAY,
  DESCRIPTORS,
  QUEUE,
  REQUESTS,
  runScenarios,
  SCENARIOS,
  WIDTH,
} from './proof/scenarios.ts';
import type { Reports } from './proof/scenarios.ts';

interface UnboundedEvidence extends Evidence {
  readonly counts: readonly Figure[];
  /** Answers in time with a limit: a host that is busy enough makes some of them late. */
  readonly inTime: Figure;
}

export default defineClaim<UnboundedEvidence>({
  id: 'async-io/unbounded',
  says: 'Start all tasks at once: async ones are cheap.',
  from: ['ours'],
  answer: `The tasks are; what they hold is not. ${REQUESTS} requests at once run out of file descriptors, are refused by the server, or are answered too late, whichever limit is the smallest; with ${WIDTH} in flight every one is answered in time under the same limits.`,

  async measure(context: Context) {
    const reports = await runScenarios(context);
    const counts = countsOf(reports);
    const inTime = counted('limited: answered in time', reports.limited.counts.good, 'requests', { least: REQUESTS });
    const [first] = breaksOf(reports.narrow);
    return {
      counts,
      inTime,
      headline: `of ${REQUESTS} at once ${reports.patient.counts.late} come too late, or ${reports.refusing.counts.refused} are refused, or ${reports.narrow.counts['no descriptor']} find no descriptor (${first} comes first); with ${WIDTH} in flight ${reports.limited.counts.good} are answered in time`,
      figures: [...counts, inTime],
      notes: [
        `The server works on ${WIDTH} at once, ${DELAY} ms each, and lets ${QUEUE} wait where it refuses; later than ${DEADLINE} ms is too late. ${canLimitDescriptors ? `Few descriptors are ${DESCRIPTORS}, set for the client's process alone.` : 'This system has no limit of descriptors to set.'} What broke stands in the order in which it was first seen, with the ms after the start:`,
        drawReports(reports),
      ],
    };
  },

  judge: ({ counts, inTime }) =>
    allHold([
      judgeBounds({ figures: counts }),
      keepsBound(inTime) ? { verdict: 'holds' } : { verdict: 'inconclusive', reason: describeFigure(inTime) },
    ]),
});

function countsOf({ patient, refusing, narrow, limited }: Reports): Figure[] {
  const failed = limited.counts.refused + limited.counts['no descriptor'];
  const other = [patient, refusing, narrow, limited].reduce((sum, { counts }) => sum + counts.other, 0);
  const some = { least: 1 };
  const figures = [
    counted('a server that takes all: answered too late', patient.counts.late, 'requests', some),
    counted('a server that refuses: refused', refusing.counts.refused, 'requests', some),
    counted('limited: refused or without a descriptor', failed, 'requests', { most: 0 }),
    counted('failed in another way', other, 'requests', { most: 0 }),
    counted('memory of a request, all at once / limited', patient.memory / limited.memory, 'x', { least: 2 }),
  ];
  if (!canLimitDescriptors) return figures;
  const isFirst = breaksOf(narrow)[0] === 'no descriptor';
  return [
    ...figures,
    counted('few descriptors: requests without one', narrow.counts['no descriptor'], 'requests', some),
    counted('few descriptors: it is what breaks first', Number(isFirst), 'times', some),
    counted('few descriptors: a file that cannot be read meanwhile', Number(narrow.file === 'EMFILE'), 'files', some),
  ];
}

function drawReports(reports: Reports): string {
  const rows = (Object.keys(SCENARIOS) as (keyof Reports)[]).map((name) => {
    const report = reports[name];
    const breaks = breaksOf(report).map((outcome) => `${outcome} (${formatNumber(report.firstAt[outcome]!)})`);
    return {
      requests: SCENARIOS[name].name,
      ...Object.fromEntries(OUTCOMES.slice(0, -1).map((outcome) => [outcome, String(report.counts[outcome])])),
      'slowest ms': formatNumber(report.slowest),
      'KiB each': formatNumber(report.memory),
      broke: breaks.join(', ') || 'nothing',
    };
  });
  return asNote(table(rows, [...OUTCOMES, 'slowest ms', 'KiB each']).split('\n'));
}
