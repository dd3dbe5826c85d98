// What each process runs to train: it keeps the passages of its shards, and answers weights with the gradient of each. The
// data stay where they are; what travels is as long as the vocabulary.

import { readPassages, sumGradient } from './model.ts';
import type { Passages, Text } from './model.ts';

export interface Shard {
  readonly id: number;
  readonly texts: readonly Text[];
}

export type TrainJob =
  | { readonly kind: 'load'; readonly shards: readonly Shard[]; readonly vocabulary: readonly string[] }
  | { readonly kind: 'gradient'; readonly ids: readonly number[]; readonly weights: Float64Array };

export interface TrainAnswer {
  /** Passages of the shards that were loaded or asked for. */
  readonly passages: number;
  /** A gradient for each of the shards that were asked for, in their order. */
  readonly gradients: readonly Float64Array[];
}

const kept = new Map<number, Passages>();

/** @throws RangeError where a shard is asked for that was not loaded here */
export default function trainOn(job: TrainJob): TrainAnswer {
  if (job.kind === 'load') {
    for (const { id, texts } of job.shards) kept.set(id, readPassages(texts, job.vocabulary));
  }
  const ids = job.kind === 'load' ? job.shards.map(({ id }) => id) : job.ids;
  const shards = ids.map((id) => {
    const shard = kept.get(id);
    if (!shard) throw new RangeError(`Expected shard ${id} to be loaded, and it is not`);
    return shard;
  });
  return {
    passages: shards.reduce((sum, { labels }) => sum + labels.length, 0),
    gradients: job.kind === 'gradient' ? shards.map((shard) => sumGradient(shard, job.weights)) : [],
  };
}
