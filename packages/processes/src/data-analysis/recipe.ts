// Claim      Words counted, a model trained and a simulation run over shards in N processes give, bit for bit, the results
//            of one process. Counting and simulating gain close to 1x per core.
// Mechanism  The split is fixed, whoever works on it: a shard's partial result depends on the shard alone, and partial
//            results are put together in the order of the shards. Sums of floating-point numbers depend on their order.
// Use when   the data can be read where they are processed, and partial results are small.
// Do not     send the data through the parent, nor split by the number of workers: then results change with the machine.
//            Never give two workers one random stream: they draw alike, and all but one of them draw in vain.
// Run        pnpm tsx packages/processes/src/main.ts data-analysis

import { handOut } from '../hands.ts';
import type { TaskHand } from '../hands.ts';
import type { CountAnswer, CountJob } from './count-task.ts';
import type { SimulateAnswer, SimulateJob } from './simulate-task.ts';
import type { Shard, TrainAnswer, TrainJob } from './train-task.ts';

/** Counts each shard by whichever hand is free; the table is in the order of first appearance, shard by shard. */
export async function countWords(
  hands: readonly TaskHand<CountJob, CountAnswer>[],
  shards: readonly (readonly string[])[],
): Promise<Map<string, number>> {
  const parts = await handOut(hands, shards.length, (hand, n) => hand.ask({ names: shards[n]! }));
  const total = new Map<string, number>();
  for (const { words, counts } of parts) {
    for (const [n, word] of words.split('\n').entries()) total.set(word, (total.get(word) ?? 0) + counts[n]!);
  }
  return total;
}

/** The commonest words, equally common ones in the order of the alphabet. */
export function commonest(counts: ReadonlyMap<string, number>, size: number): string[] {
  const entries = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return entries.slice(0, size).map(([word]) => word);
}

export interface Training {
  readonly shards: readonly Shard[];
  readonly vocabulary: readonly string[];
  readonly steps: number;
  /** How far a step goes down the mean gradient. */
  readonly rate: number;
}

/** Trains by gradient descent: in each step every hand adds up the gradients of its own shards, which it keeps. */
export async function train(
  hands: readonly TaskHand<TrainJob, TrainAnswer>[],
  { shards, vocabulary, steps, rate }: Training,
): Promise<Float64Array> {
  const own = hands.map((_, hand) => shards.filter((__, n) => n % hands.length === hand));
  const loads = await Promise.all(hands.map((hand, n) => hand.ask({ kind: 'load', shards: own[n]!, vocabulary })));
  const passages = loads.reduce((sum, load) => sum + load.passages, 0);

  const weights = new Float64Array(vocabulary.length + 1);
  for (let step = 0; step < steps; step++) {
    const answers = await Promise.all(
      hands.map((hand, n) => hand.ask({ kind: 'gradient', ids: own[n]!.map(({ id }) => id), weights })),
    );
    // In the order of the shards, not of the answers: the last bit of a sum depends on it.
    for (let n = 0; n < shards.length; n++) {
      const gradient = answers[n % hands.length]!.gradients[Math.floor(n / hands.length)]!;
      for (let j = 0; j < weights.length; j++) weights[j]! -= (rate / passages) * gradient[j]!;
    }
  }
  return weights;
}

/** The answer of each stream: the same for a seed, whoever draws which stream when. */
export async function simulate(
  hands: readonly TaskHand<SimulateJob, SimulateAnswer>[],
  seed: number,
  streams: readonly number[],
  groups: number,
): Promise<SimulateAnswer[]> {
  return handOut(hands, streams.length, (hand, n) => hand.ask({ seed, stream: streams[n]!, groups }));
}
