// The work of one lane of the claim: it vectorises all documents by itself. Lanes share the text and nothing else.

import { computing, probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import type { Batch } from '../lanes/batch.ts';
import { Lane } from '../lanes/lane.ts';
import { learnVocabulary } from '../model/learn-vocabulary.ts';
import { readOptions } from '../options/read-options.ts';

/** Text in shared memory. */
export interface LaneData {
  readonly batches: readonly Batch[];
  readonly documents: number;
  /** Entries that the matrix is known to have: a lane that computed nothing is caught. */
  readonly entries: number;
}

export default function task(_: unknown, { batches, documents, entries }: LaneData): LaneReport {
  return probe(() => {
    const { settings } = readOptions({});
    const lane = new Lane(settings);
    const computed = computing();
    for (const batch of batches) {
      lane.count(batch);
      computed();
    }
    const { placements } = learnVocabulary([lane.finishCounting({ rows: true, totals: false })], documents, settings);
    const indptr = new Uint32Array(documents + 1);
    lane.place(placements[0]!, indptr);
    for (let n = 1; n <= documents; n++) indptr[n]! += indptr[n - 1]!;
    lane.write({ indptr, indices: new Int32Array(entries), data: new Float64Array(entries) });
    if (indptr[documents] !== entries) throw new Error(`Expected ${entries} entries, got ${indptr[documents]}`);
  });
}
