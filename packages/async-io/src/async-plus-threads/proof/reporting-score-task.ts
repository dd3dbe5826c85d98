// The recipe's computing, with a report of what it took on its thread.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import score from '../score-task.ts';
import type { Score, ScoreTask } from '../score-task.ts';

export interface ScoreReport {
  readonly score: Score;
  readonly report: LaneReport;
}

export default function task(given: ScoreTask): ScoreReport {
  let result!: Score;
  const report = probe(() => void (result = score(given)));
  return { score: result, report };
}
