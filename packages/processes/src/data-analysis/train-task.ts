// A lane of the training: keeps the passages of its shards, and answers weights with the gradient of each. The data stay
// where they are; what travels is as long as the vocabulary.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { countRight, readPassages, sumGradient } from './model.ts';
import type { Passages } from './model.ts';

export interface Shard {
  readonly id: number;
  readonly names: readonly string[];
}

export type TrainJob =
  | { readonly kind: 'load'; readonly shards: readonly Shard[]; readonly vocabulary: readonly string[] }
  | { readonly kind: 'gradient' | 'test'; readonly ids: readonly number[]; readonly weights: Float64Array };

export interface TrainAnswer {
  readonly passages: number;
  /** A gradient for each of the shards that were asked for, in their order. */
  readonly gradients: readonly Float64Array[];
  readonly right: number;
  readonly report: LaneReport;
}

const kept = new Map<number, Passages>();

export default function task(job: TrainJob): TrainAnswer {
  let [passages, right] = [0, 0];
  const gradients: Float64Array[] = [];
  const report = probe(() => {
    if (job.kind === 'load') {
      for (const { id, names } of job.shards) kept.set(id, readPassages(names, job.vocabulary));
    }
    for (const id of job.kind === 'load' ? job.shards.map((shard) => shard.id) : job.ids) {
      const shard = kept.get(id);
      if (!shard) throw new RangeError(`Expected shard ${id} to be loaded, it is not`);
      passages += shard.labels.length;
      if (job.kind === 'gradient') gradients.push(sumGradient(shard, job.weights));
      if (job.kind === 'test') right += countRight(shard, job.weights);
    }
  });
  return { passages, gradients, right, report };
}
