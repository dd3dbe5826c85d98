// What is compared of results, and how much faster words are counted.

import { counted, counts, exactly, shown } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { judgeWork, measureParallel, parallel } from '@cookbook/lab/speedup';
import { openProcesses } from '../../cpu-scaling/recipe.ts';
import { answerLanes } from '../../proof/answer-times.ts';
import type { CountJob } from '../count-task.ts';
import type { Text } from '../model.ts';
import { deal } from '../recipe.ts';
import type { ReportedCount } from './reporting-count-task.ts';
import { accuracy, SHARDS, solve } from './solutions.ts';
import type { Results } from './solutions.ts';

/** 75 % of the passages are informative: to say so of all of them would be right that often. */
const LEAST_ACCURACY = 85;

/** Of the corpus, as a regular expression finds them in its 500 samples. */
const WORDS = 1_005_119;

/** Shards that take about 60 ms each to count. */
const SHARDS_TO_COUNT = 4;

/** The results of this thread, of threads and of processes. */
export interface Solutions {
  readonly inline: Results;
  readonly thread: Results;
  readonly process: Results;
}

export async function solveEverywhere(
  texts: readonly Text[],
  lanes: number,
  { screen, signal }: Context,
): Promise<Solutions> {
  const by = (name: string, solving: () => Promise<Results>): Promise<Results> => {
    signal.throwIfAborted();
    screen.draw(`… data-analysis: counting and training by ${name}`);
    return solving();
  };
  return {
    inline: await by('this process alone', () => solve('inline', 1, texts)),
    thread: await by(`${lanes} threads`, () => solve('thread', lanes, texts)),
    process: await by(`${lanes} processes`, () => solve('process', lanes, texts)),
  };
}

/** Counts and weights that came out otherwise in threads or processes than on this thread: none may. */
export function sameBits(words: string, { inline, thread, process }: Solutions): Finding {
  return counts(words, ...differences('threads', inline, thread), ...differences('processes', inline, process));
}

function differences(name: string, one: Results, other: Results) {
  const words = new Set([...one.counts.keys(), ...other.counts.keys()]);
  const otherCounts = [...words].filter((word) => one.counts.get(word) !== other.counts.get(word)).length;
  const otherWeights = one.weights.filter((weight, n) => !Object.is(weight, other.weights[n])).length;
  return [
    counted(`other-counts-${name}`, `words with another count, ${name}`, otherCounts, 'words', { most: 0 }),
    counted(`other-weights-${name}`, `weights of the model with another bit, ${name}`, otherWeights, 'weights', {
      most: 0,
    }),
  ];
}

/** Shards that are counted, and trainers that are asked, together: results alone are the same one after the other. */
export function together(words: string, { process: { atOnce } }: Solutions, lanes: number): Finding {
  return counts(
    words,
    counted('shards-at-once', 'shards given to the processes at once', atOnce.counting, 'shards', exactly(SHARDS)),
    counted('trainers-at-once', 'processes asked for gradients at once', atOnce.training, 'processes', exactly(lanes)),
  );
}

/** How many words there were, and that the model has learned something from them. */
export function learned(words: string, { process }: Solutions, texts: readonly Text[]): Finding[] {
  const all = [...process.counts.values()].reduce((sum, count) => sum + count, 0);
  return [
    counts('', counted('words', 'words counted', all, 'words', exactly(WORDS))),
    counts(
      words,
      counted('accuracy', 'passages held out whose kind the model finds', 100 * accuracy(process, texts), '%', {
        least: LEAST_ACCURACY,
      }),
    ),
  ];
}

/** A step of the training takes a few milliseconds, of which messages are a large part: it is shown, and not judged. */
export function trainingTimes({ inline, thread, process }: Solutions): Finding {
  return shown(
    '',
    counted('training-time', 'time to train, this process alone', inline.trainingTime, 'ms'),
    counted('training-time-threads', 'time to train, threads', thread.trainingTime, 'ms'),
    counted('training-time-processes', 'time to train, processes', process.trainingTime, 'ms'),
  );
}

/** How much faster `lanes` processes count words than one. */
export async function faster(words: string, texts: readonly Text[], lanes: number, context: Context): Promise<Finding> {
  context.screen.draw(`… data-analysis: how much faster are ${lanes} processes than one?`);
  const task = new URL('./reporting-count-task.ts', import.meta.url);
  const shards = deal(
    texts.map(({ file }) => file),
    SHARDS_TO_COUNT,
  );
  const open = (count: number) =>
    answerLanes(
      count,
      () => openProcesses<CountJob, ReportedCount>(task, 1, 'advanced'),
      async (child, n) => (await child.run([{ files: shards[n % shards.length]! }]))[0]!.report,
    );
  const speedup = await measureParallel({ open, lanes, context });
  return parallel('counting', `${lanes} counting processes`, speedup, words, judgeWork);
}
