// The task that counts, with a report of what it took.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import countWordsOf from '../count-task.ts';
import type { CountAnswer, CountJob } from '../count-task.ts';

export interface ReportedCount extends CountAnswer {
  readonly report: LaneReport;
}

export default function countAndReport(job: CountJob): ReportedCount {
  let answer: CountAnswer = { words: '', counts: new Uint32Array() };
  const report = probe(() => (answer = countWordsOf(job)));
  return { ...answer, report };
}
