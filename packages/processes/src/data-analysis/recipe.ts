// Claim      Words counted and a model trained over fixed shards have the same bits in 1 process and in N; counting gains
//            nearly 1x per core.
// Mechanism  A shard's result depends on the shard alone. Results are combined in the order of shards: the last bit of a
//            sum depends on it.
// Use when   processes can read the data.
// Do not     split by worker count.
// Copy       recipe.ts, count-task.ts, model.ts, train-task.ts, words.ts, ../cpu-scaling/batch.ts,
//            ../cpu-scaling/child.ts, ../cpu-scaling/place.ts, ../cpu-scaling/recipe.ts, ../same-interface/errors.ts;
//            Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts data-analysis

import { openProcesses } from '../cpu-scaling/recipe.ts';
import type { Processes } from '../cpu-scaling/recipe.ts';
import type { CountAnswer, CountJob } from './count-task.ts';
import type { Shard, TrainAnswer, TrainJob } from './train-task.ts';

export type Counters = Pick<Processes<CountJob, CountAnswer>, 'run'>;
export type Trainer = Pick<Processes<TrainJob, TrainAnswer>, 'run'>;

/** Deals items out in turn, so that every shard has a part of all kinds. */
export function deal<Item>(items: readonly Item[], shards: number): Item[][] {
  return Array.from({ length: shards }, (_, shard) => items.filter((__, n) => n % shards === shard));
}

/** Processes for `countWords`. JSON would make an object of each array of numbers. */
export function openCounters(count: number): Processes<CountJob, CountAnswer> {
  return openProcesses(new URL('./count-task.ts', import.meta.url), count, 'advanced');
}

/** Counts the files of each shard in whichever process is free. Words are in the order of first appearance. */
export async function countWords(
  counters: Counters,
  shards: readonly (readonly string[])[],
): Promise<Map<string, number>> {
  const total = new Map<string, number>();
  for (const { words, counts } of await counters.run(shards.map((files) => ({ files })))) {
    for (const [n, word] of words.split('\n').entries()) total.set(word, (total.get(word) ?? 0) + counts[n]!);
  }
  return total;
}

/** The `size` commonest words, equally common ones in the order of the alphabet. */
export function commonest(counts: ReadonlyMap<string, number>, size: number): string[] {
  const entries = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return entries.slice(0, size).map(([word]) => word);
}

/** Processes for `train`, each with data of its own, so that each has to be asked by itself. */
export function openTrainers(count: number): Processes<TrainJob, TrainAnswer>[] {
  const task = new URL('./train-task.ts', import.meta.url);
  return Array.from({ length: count }, () => openProcesses<TrainJob, TrainAnswer>(task, 1, 'advanced'));
}

export interface Training {
  readonly shards: readonly Shard[];
  readonly vocabulary: readonly string[];
  readonly steps: number;
  /** How far a step goes down the mean gradient. */
  readonly rate: number;
}

/** Trains by gradient descent: in each step every process sums the gradients of its own shards, which it keeps. */
export async function train(
  trainers: readonly Trainer[],
  { shards, vocabulary, steps, rate }: Training,
): Promise<Float64Array> {
  const own = trainers.map((_, index) => shards.filter((__, n) => n % trainers.length === index));
  const askAll = (job: (index: number) => TrainJob): Promise<TrainAnswer[]> =>
    Promise.all(trainers.map(async (trainer, index) => (await trainer.run([job(index)]))[0]!));
  const loaded = await askAll((index) => ({ kind: 'load', shards: own[index]!, vocabulary }));
  const passages = loaded.reduce((sum, answer) => sum + answer.passages, 0);

  const weights = new Float64Array(vocabulary.length + 1);
  for (let step = 0; step < steps; step++) {
    const answers = await askAll((index) => ({ kind: 'gradient', ids: own[index]!.map(({ id }) => id), weights }));
    // In the order of the shards, not of the answers: the last bit of a sum depends on it.
    for (let n = 0; n < shards.length; n++) {
      const gradient = answers[n % trainers.length]!.gradients[Math.floor(n / trainers.length)]!;
      for (let j = 0; j < weights.length; j++) weights[j]! -= (rate / passages) * gradient[j]!;
    }
  }
  return weights;
}
