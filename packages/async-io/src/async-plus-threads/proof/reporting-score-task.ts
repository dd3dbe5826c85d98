// The computing of a document, in a thread that does nothing else.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { scoreDocument } from './score.ts';
import type { Score } from './score.ts';

export interface ScoreTask {
  readonly packed: ArrayBuffer;
  readonly query: string;
}

export interface ScoreReport {
  readonly score: Score;
  readonly report: LaneReport;
}

export default function task({ packed, query }: ScoreTask): ScoreReport {
  let score!: Score;
  const report = probe(() => void (score = scoreDocument(new Uint8Array(packed), query)));
  return { score, report };
}
