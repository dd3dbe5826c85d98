// The speedup of threads that vectorise the whole corpus each.

import type { Context } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { measureParallel, workerLanes } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { BatchWriter } from '../lanes/batch.ts';
import type { Batch } from '../lanes/batch.ts';
import type { LaneData } from './vectorize-task.ts';

/** ms for more trials than the least: a claim takes a few seconds. */
const TRIALS_MS = 2_000;

/** Documents of a batch: few, so that a lane notes its computing every millisecond. */
const DOCUMENTS = 4;

/** @param entries that the matrix is known to have */
export function measureLanes(documents: readonly string[], entries: number, context: Context): Promise<Speedup> {
  context.screen.draw('… tf-idf: speedup of threads that vectorise the corpus each');
  const batches: Batch[] = [];
  for (let first = 0; first < documents.length; first += DOCUMENTS) {
    const some = documents.slice(first, first + DOCUMENTS);
    const writer = new BatchWriter(
      some.reduce((sum, text) => sum + 3 * text.length + 1, 1),
      DOCUMENTS,
    );
    for (const document of some) writer.add(document);
    const { bytes, ends } = writer;
    batches.push({ number: batches.length, first, documents: some.length, bytes, ends });
  }
  const data: LaneData = { batches, documents: documents.length, entries };
  return measureParallel({
    open: (count) => workerLanes(count, new URL('./vectorize-task.ts', import.meta.url), data),
    lanes: Math.max(2, usableCores()),
    context: { ...context, budget: Math.min(context.budget, TRIALS_MS) },
    trials: [5, 12],
  });
}
