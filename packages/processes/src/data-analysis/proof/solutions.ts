// The three pieces of work, done once by hands of one kind: their results, to be held against those of another kind.

import { closeAll, openHands } from '../hands.ts';
import type { Place, TaskHand } from '../hands.ts';
import { deal, sampleNames } from './corpus.ts';
import type { CountAnswer, CountJob } from './count-task.ts';
import { countRight, readPassages } from './model.ts';
import { commonest, countWords, simulate, train } from './recipe.ts';
import { DAYS, PEOPLE } from './simulate-task.ts';
import type { SimulateAnswer, SimulateJob } from './simulate-task.ts';
import type { TrainAnswer, TrainJob } from './train-task.ts';

/** Fixed, so that the results are the same on every machine; more than the cores of most would be idle otherwise. */
const SHARDS = 8;
const VOCABULARY = 200;
const STEPS = 100;
/** Every fifth sample is kept from the training, for the test. */
const HELD_OUT = 5;
const SEED = 1961;
export const STREAMS: readonly number[] = Array.from({ length: 8 }, (_, stream) => stream);
export const GROUPS = 20_000;

export const openCounters = (place: Place, count: number) =>
  openHands<CountJob, CountAnswer>(place, new URL('./count-task.ts', import.meta.url), count);
export const openTrainers = (place: Place, count: number) =>
  openHands<TrainJob, TrainAnswer>(place, new URL('./train-task.ts', import.meta.url), count);
export const openSimulators = (place: Place, count: number) =>
  openHands<SimulateJob, SimulateAnswer>(place, new URL('./simulate-task.ts', import.meta.url), count);

export interface Results {
  readonly counts: ReadonlyMap<string, number>;
  readonly weights: Float64Array;
  readonly streams: readonly SimulateAnswer[];
  /** The training alone, its data loaded, ms. */
  readonly trainingTime: number;
}

/** Counts, trains and simulates with so many hands of a kind. */
export async function solve(place: Place, count: number): Promise<Results> {
  const names = sampleNames();
  const counts = await withHands(openCounters(place, count), (hands) => countWords(hands, deal(names, SHARDS)));
  const vocabulary = commonest(counts, VOCABULARY);
  const shards = deal(names.filter(isForTraining), SHARDS).map((own, id) => ({ id, names: own }));
  const { weights, trainingTime } = await withHands(openTrainers(place, count), async (hands) => {
    await train(hands, { shards, vocabulary, steps: 1, rate: 0 }); // loads, and compiles
    const start = performance.now();
    const trained = await train(hands, { shards, vocabulary, steps: STEPS, rate: 0.1 });
    return { weights: trained, trainingTime: performance.now() - start };
  });
  const streams = await withHands(openSimulators(place, count), (hands) => simulate(hands, SEED, STREAMS, GROUPS));
  return { counts, weights, streams, trainingTime };
}

/** What many workers draw that were all given one stream: the mistake. */
export function solveWithOneStream(place: Place, count: number): Promise<SimulateAnswer[]> {
  const streams = STREAMS.map(() => 0);
  return withHands(openSimulators(place, count), (hands) => simulate(hands, SEED, streams, GROUPS / 10));
}

export async function withHands<Job, Answer, T>(
  opening: Promise<TaskHand<Job, Answer>[]>,
  work: (hands: readonly TaskHand<Job, Answer>[]) => Promise<T>,
): Promise<T> {
  const hands = await opening;
  try {
    return await work(hands);
  } finally {
    await closeAll(hands);
  }
}

/** Which share of the passages held out the model puts on the right side. */
export function accuracy({ counts, weights }: Results): number {
  const heldOut = sampleNames().filter((_, n) => !isForTraining('', n));
  const passages = readPassages(heldOut, commonest(counts, VOCABULARY));
  return countRight(passages, weights) / passages.labels.length;
}

function isForTraining(_: string, n: number): boolean {
  return n % HELD_OUT !== 0;
}

/** The chance that two of 23 have the same birthday: 1 - 365/365 x 364/365 x ... */
export const EXACT_CHANCE = 1 - Array.from({ length: PEOPLE }, (_, n) => (DAYS - n) / DAYS).reduce((a, b) => a * b, 1);

/** How many streams drew the very numbers of another. */
export function countAlike(answers: readonly Pick<SimulateAnswer, 'fingerprint'>[]): number {
  return answers.length - new Set(answers.map(({ fingerprint }) => fingerprint)).size;
}

/** How many standard errors an estimate is off: each group is a coin that falls to `EXACT_CHANCE`. */
export function standardErrorsOff(answers: readonly Pick<SimulateAnswer, 'hits'>[], groups: number): number {
  const n = answers.length * groups;
  const estimate = answers.reduce((sum, { hits }) => sum + hits, 0) / n;
  return Math.abs(estimate - EXACT_CHANCE) / Math.sqrt((EXACT_CHANCE * (1 - EXACT_CHANCE)) / n);
}
