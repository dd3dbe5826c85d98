// Words counted and a model trained, on this thread, in threads and in processes: their results are held against each other.

import type { Processes } from '../../cpu-scaling/recipe.ts';
import { openIn } from '../../proof/places.ts';
import type { Place } from '../../proof/places.ts';
import { openUnderWay } from '../../proof/under-way.ts';
import type { CountAnswer, CountJob } from '../count-task.ts';
import { countRight, readPassages } from '../model.ts';
import type { Text } from '../model.ts';
import { commonest, countWords, deal, openCounters, openTrainers, train } from '../recipe.ts';
import type { TrainAnswer, TrainJob } from '../train-task.ts';

/** Fixed, so that the results are the same on every machine; more than the cores of most would be idle otherwise. */
export const SHARDS = 8;
const VOCABULARY = 200;
const STEPS = 100;
/** Every fifth text is kept from the training, for the test. */
const HELD_OUT = 5;

export interface Results {
  readonly counts: ReadonlyMap<string, number>;
  readonly weights: Float64Array;
  /** The training alone, its data loaded, ms. */
  readonly trainingTime: number;
  /** The most shards that were counted, and trainers that were asked, at once. */
  readonly atOnce: { readonly counting: number; readonly training: number };
}

/** Counters by the recipe where they are processes. */
export async function openCountersIn(place: Place, count: number): Promise<Processes<CountJob, CountAnswer>> {
  return place === 'process' ? openCounters(count) : openIn(place, new URL('../count-task.ts', import.meta.url), count);
}

/** Trainers by the recipe where they are processes. */
export function openTrainersIn(place: Place, count: number): Promise<Processes<TrainJob, TrainAnswer>[]> {
  if (place === 'process') return Promise.resolve(openTrainers(count));
  const task = new URL('../train-task.ts', import.meta.url);
  return Promise.all(Array.from({ length: count }, () => openIn<TrainJob, TrainAnswer>(place, task, 1)));
}

/** Counts and trains with so many lanes in a place. */
export async function solve(place: Place, count: number, texts: readonly Text[]): Promise<Results> {
  const counters = await openCountersIn(place, count);
  const files = texts.map(({ file }) => file);
  const counting = openUnderWay();
  const counts = await countWords(counting.watch(counters), deal(files, SHARDS)).finally(() => counters.close());

  const training = openUnderWay();
  const trainers = (await openTrainersIn(place, count)).map((trainer) => training.watch(trainer));
  try {
    const shards = deal(texts.filter(isForTraining), SHARDS).map((own, id) => ({ id, texts: own }));
    const vocabulary = commonest(counts, VOCABULARY);
    await train(trainers, { shards, vocabulary, steps: 1, rate: 0 }); // loads, and compiles
    const start = performance.now();
    const weights = await train(trainers, { shards, vocabulary, steps: STEPS, rate: 0.1 });
    const trainingTime = performance.now() - start;
    return { counts, weights, trainingTime, atOnce: { counting: counting.most(), training: training.most() } };
  } finally {
    await Promise.all(trainers.map((trainer) => trainer.close()));
  }
}

/** Which share of the passages held out the model puts on the right side. */
export function accuracy({ counts, weights }: Results, texts: readonly Text[]): number {
  const heldOut = texts.filter((text, n) => !isForTraining(text, n));
  const passages = readPassages(heldOut, commonest(counts, VOCABULARY));
  return countRight(passages, weights) / passages.labels.length;
}

function isForTraining(_: Text, n: number): boolean {
  return n % HELD_OUT !== 0;
}
