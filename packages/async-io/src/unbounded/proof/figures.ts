// What became of the requests, as figures and as a table.

import { counted, describeFigure, exactly, formatNumber, keepsBound } from '@cookbook/lab/claim';
import type { Figure, Finding, Judgement } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import { canLimitDescriptors } from './client.ts';
import { OUTCOMES } from './job.ts';
import { breaksOf, DEADLINE, DELAY, DESCRIPTORS, QUEUE, REQUESTS, SCENARIOS, WIDTH } from './scenarios.ts';
import type { Reports } from './scenarios.ts';

const SOME = { least: 1 };

/** All at once: `late`, `refused`, and `memory`, which is compared with what a request takes under the limit. */
export function atOnceFigures({ accepting, refusing, limited }: Reports): Figure[] {
  const memory = accepting.memory / limited.memory;
  return [
    counted('late', 'a server that accepts all: answered too late', accepting.counts.late, 'requests', SOME),
    counted('refused', 'a server that refuses: refused', refusing.counts.refused, 'requests', SOME),
    counted('memory', 'memory of a request, all at once / limited', memory, 'x', { least: 2 }),
  ];
}

/** All at once with few descriptors: `no-descriptor`, `first` and `no-file`. None where the system has no such limit. */
export function descriptorFigures({ narrow }: Reports): Figure[] {
  if (!canLimitDescriptors) return [];
  const isFirst = breaksOf(narrow)[0] === 'no descriptor';
  const noFile = Number(narrow.file === 'EMFILE');
  return [
    counted('no-descriptor', 'few descriptors: requests without one', narrow.counts['no descriptor'], 'requests', SOME),
    counted('first', 'few descriptors: it is what breaks first', Number(isFirst), 'times', SOME),
    counted('no-file', 'few descriptors: a file that cannot be read meanwhile', noFile, 'files', SOME),
  ];
}

/** With a limit, under all of these conditions: `failed`; and `other`, of every scenario. */
export function limitedFigures(reports: Reports): Figure[] {
  const { counts } = reports.limited;
  const failed = counts.refused + counts['no descriptor'];
  const other = Object.values(reports).reduce((sum, report) => sum + report.counts.other, 0);
  return [
    counted('failed', 'limited: refused or without a descriptor', failed, 'requests', exactly(0)),
    counted('other', 'all scenarios: failed in another way', other, 'requests', exactly(0)),
  ];
}

/** `in-time`, with a limit. A host that is busy enough makes some answers late: then it is inconclusive. */
export function answeredInTime(words: string, { limited }: Reports): Finding {
  const figure = counted('in-time', 'limited: answered in time', limited.counts.good, 'requests', { least: REQUESTS });
  const late: Judgement = { verdict: 'inconclusive', reason: describeFigure(figure) };
  return { figures: [figure], judgement: keepsBound(figure) ? { verdict: 'holds' } : late, words };
}

export function describeReports(reports: Reports): string[] {
  const descriptors = canLimitDescriptors
    ? `Few descriptors are ${DESCRIPTORS}, set for the client's process alone.`
    : 'This system has no limit of descriptors to set.';
  return [
    `The server works on ${WIDTH} at once, ${DELAY} ms each, and lets ${QUEUE} wait where it refuses; later than ${DEADLINE} ms is too late. ${descriptors} What broke stands in the order in which it was first seen, with the ms after the start:`,
    drawReports(reports),
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
