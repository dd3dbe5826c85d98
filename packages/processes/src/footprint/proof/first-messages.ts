// How long a thread, a process or an async task takes until its first message, with a warm compile cache and without one.

import { intervals, sampled, shown } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import type { Comparison } from '@cookbook/lab/speedup';
import type { Kind } from '../recipe.ts';
import { openHost } from './hosts.ts';

/** Pairs of starts. */
export interface Starts {
  /** Process against thread, both with a warm cache. */
  readonly kinds: Comparison;
  /** A warm cache against none. */
  readonly thread: Comparison;
  readonly process: Comparison;
  /** An async task against another. */
  readonly task: Comparison;
}

/** @param cache a folder for the compile cache, which is filled */
export async function measureStarts(cache: string, context: Context): Promise<Starts> {
  const cold = await openHost();
  const warm = await openHost(cache);
  const start = (host: typeof cold, kind: Kind) => (): Promise<number> => host.ask<number>({ time: kind });
  try {
    await start(warm, 'thread')(); // fills the cache
    await start(warm, 'process')();
    const options = { context, pairs: [6, 9] as const, precision: 0.15 };
    return {
      kinds: await comparePairs(start(warm, 'process'), start(warm, 'thread'), options),
      thread: await comparePairs(start(warm, 'thread'), start(cold, 'thread'), options),
      process: await comparePairs(start(warm, 'process'), start(cold, 'process'), options),
      task: await comparePairs(start(warm, 'async task'), start(warm, 'async task'), options),
    };
  } finally {
    await Promise.all([cold.close(), warm.close()]);
  }
}

export function processIsSlower(words: string, { kinds, task }: Starts): Finding {
  return intervals(
    words,
    ratioFigure('first-process-to-thread', 'first message: process / thread', kinds, { least: 1.2 }),
    sampled('first-of-thread', 'first message of a thread', kinds.b, 'ms'),
    sampled('first-of-process', 'first message of a process', kinds.a, 'ms'),
    sampled('first-of-task', 'first message of an async task', task.a, 'ms', { most: 1 }),
  );
}

export function cacheSaves(words: string, { thread, process }: Starts): Finding[] {
  const bound = { most: 0.9 };
  return [
    intervals(
      words,
      ratioFigure('cache-thread', 'first message of a thread: warm compile cache / none', thread, bound),
      ratioFigure('cache-process', 'first message of a process: warm compile cache / none', process, bound),
    ),
    shown(
      '',
      sampled('first-of-thread-without-cache', 'first message of a thread, no compile cache', thread.b, 'ms'),
      sampled('first-of-process-without-cache', 'first message of a process, no compile cache', process.b, 'ms'),
    ),
  ];
}
