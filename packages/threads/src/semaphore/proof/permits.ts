// Threads that take permits, and how many were out at once.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { openTogether } from '../../proof/run-together.ts';
import { Semaphore } from '../recipe.ts';
import { PERMITS_WORDS } from './permits-task.ts';
import type { Permits } from './permits-task.ts';

/** Two threads take the same permit seldom, where that can happen. */
const TAKES = 50_000;

/** What the threads left behind. */
export interface Taken {
  /** The most permits that were out at once. */
  readonly most: number;
  /** Permits that were free when all threads were done. */
  readonly freeAfter: number;
}

/** Lets `threads` threads take one of `permits` permits so many times each. */
export async function takePermits(permits: number, threads: number, times: number): Promise<Taken> {
  const task = new URL('./permits-task.ts', import.meta.url);
  const together = openTogether<'permits', Permits>(task, threads, PERMITS_WORDS);
  const semaphore = Semaphore.create(permits);
  try {
    const { most } = await together.run('permits', times, { permits, semaphore: semaphore.memory });
    return { most, freeAfter: semaphore.free };
  } finally {
    await together.close();
  }
}

/** Four threads and two permits: how many were out at once, and how many were free in the end. */
export async function permitFigures(): Promise<Figure[]> {
  const { most, freeAfter } = await takePermits(2, 4, TAKES);
  return [
    counted('permits-out', 'most of 2 permits out at once, 4 threads', most, 'permits', exactly(2)),
    counted('permits-left', 'free when all threads are done', freeAfter, 'of 2 permits', exactly(2)),
  ];
}
