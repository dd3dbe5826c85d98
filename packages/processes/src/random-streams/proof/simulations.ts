// The simulation on this thread, in threads and in processes, and what is counted of its answers.

import { counted, counts, exactly } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { judgeWork, measureParallel, parallel } from '@cookbook/lab/speedup';
import { openProcesses } from '../../cpu-scaling/recipe.ts';
import { answerLanes } from '../../proof/answer-times.ts';
import { openIn } from '../../proof/places.ts';
import type { Place } from '../../proof/places.ts';
import { DAYS, PEOPLE } from './birthday-task.ts';
import type { BirthdayAnswer, BirthdayJob } from './birthday-task.ts';

const TASK = new URL('./birthday-task.ts', import.meta.url);
const SEED = 1961;
/** Fixed, so that the answers are the same on every machine. */
const STREAMS: readonly number[] = Array.from({ length: 8 }, (_, stream) => stream);
const GROUPS = 20_000;

/** An estimate of such a simulation is further off in 1 of 16,000 seeds; the seed is fixed, so this one is not. */
const MOST_STANDARD_ERRORS = 4;

/** The chance that two of 23 have the same birthday: 1 - 365/365 x 364/365 x ... */
export const EXACT_CHANCE = 1 - Array.from({ length: PEOPLE }, (_, n) => (DAYS - n) / DAYS).reduce((a, b) => a * b, 1);

/** Each stream drawn in whichever of `count` workers is free; answers are in the order of the streams. */
export async function simulate(
  place: Place,
  count: number,
  { seed, streams, groups }: { readonly seed: number; readonly streams: readonly number[]; readonly groups: number },
): Promise<BirthdayAnswer[]> {
  const workers = await openIn<BirthdayJob, BirthdayAnswer>(place, TASK, count);
  try {
    return await workers.run(streams.map((stream) => ({ seed, stream, groups })));
  } finally {
    await workers.close();
  }
}

/** The answers of this thread, of threads and of processes, and those of processes that were all given one stream. */
export interface Simulations {
  readonly inline: readonly BirthdayAnswer[];
  readonly thread: readonly BirthdayAnswer[];
  readonly process: readonly BirthdayAnswer[];
  readonly oneStream: readonly BirthdayAnswer[];
}

export async function runSimulations(lanes: number, { screen, signal }: Context): Promise<Simulations> {
  const all = { seed: SEED, streams: STREAMS, groups: GROUPS };
  const draw = (place: Place, count: number, options = all): Promise<BirthdayAnswer[]> => {
    signal.throwIfAborted();
    screen.draw(`… random-streams: drawing ${STREAMS.length} streams, ${place}`);
    return simulate(place, count, options);
  };
  return {
    inline: await draw('inline', 1),
    thread: await draw('thread', lanes),
    process: await draw('process', lanes),
    oneStream: await draw('process', lanes, { ...all, streams: STREAMS.map(() => 0), groups: GROUPS / 10 }),
  };
}

/** Streams that came out otherwise in threads or processes than on this thread: none may. */
export function sameEverywhere(words: string, { inline, thread, process }: Simulations): Finding {
  const differing = (name: string, key: string, other: readonly BirthdayAnswer[]) => {
    const count = inline.filter(
      ({ hits, fingerprint }, n) => hits !== other[n]?.hits || fingerprint !== other[n].fingerprint,
    ).length;
    return counted(key, `streams with other numbers, ${name}`, count, 'streams', { most: 0 });
  };
  return counts(
    words,
    differing('threads', 'other-numbers-threads', thread),
    differing('processes', 'other-numbers-processes', process),
  );
}

/** Streams that drew the numbers of another: none of different streams, all but one where all were given the same. */
export function apart(words: string, { process, oneStream }: Simulations): Finding {
  return counts(
    words,
    counted('alike', 'streams that drew the numbers of another', countAlike(process), 'streams', { most: 0 }),
    counted(
      'alike-of-one-stream',
      'workers that drew the numbers of another where all were given one stream',
      countAlike(oneStream),
      `of ${STREAMS.length}`,
      exactly(STREAMS.length - 1),
    ),
  );
}

/** How far the estimate is off what the arithmetic says. */
export function rightEstimate({ process }: Simulations): Finding {
  const off = standardErrorsOff(process, GROUPS);
  return counts(
    '',
    counted('standard-errors', 'standard errors that the estimate is off', off, 'SE', { most: MOST_STANDARD_ERRORS }),
  );
}

function openLanes(count: number) {
  return answerLanes(
    count,
    () => openProcesses<BirthdayJob, BirthdayAnswer>(TASK, 1, 'advanced'),
    async (child, stream) => (await child.run([{ seed: 1, stream, groups: GROUPS }]))[0]!.report,
  );
}

/** How much faster `lanes` processes simulate than one. */
export async function faster(words: string, lanes: number, context: Context): Promise<Finding> {
  context.screen.draw(`… random-streams: how much faster are ${lanes} processes than one?`);
  const speedup = await measureParallel({ open: openLanes, lanes, context });
  return parallel('processes', `${lanes} processes`, speedup, words, judgeWork);
}

/** How many answers are of numbers that another drew too. */
export function countAlike(answers: readonly Pick<BirthdayAnswer, 'fingerprint'>[]): number {
  return answers.length - new Set(answers.map(({ fingerprint }) => fingerprint)).size;
}

/** How many standard errors an estimate is off: each group is a coin that falls to `EXACT_CHANCE`. */
export function standardErrorsOff(answers: readonly Pick<BirthdayAnswer, 'hits'>[], groups: number): number {
  const n = answers.length * groups;
  const estimate = answers.reduce((sum, { hits }) => sum + hits, 0) / n;
  return Math.abs(estimate - EXACT_CHANCE) / Math.sqrt((EXACT_CHANCE * (1 - EXACT_CHANCE)) / n);
}
