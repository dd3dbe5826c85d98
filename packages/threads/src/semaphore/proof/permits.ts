// Threads that take permits, and how many were out at once.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { openTogether } from '../../proof/run-together.ts';
import { Semaphore } from '../recipe.ts';
import { PERMITS_WORDS } from './permits-task.ts';
import type { Permits } from './permits-task.ts';

/** Where two threads can take the same permit, they do so in about every second round of the last permit there is. */
const ROUNDS = 8;
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

/** Four threads and two permits, then two threads and one: how many were out at once, and how many were free in the end. */
export async function permitFigures(): Promise<Figure[]> {
  const { most, freeAfter } = await takePermits(2, 4, TAKES);
  const lastOnes = await takeTheLast(ROUNDS);
  return [
    counted('permits-out', 'most of 2 permits out at once, 4 threads', most, 'permits', exactly(2)),
    counted('permits-left', 'free when all threads are done', freeAfter, 'of 2 permits', exactly(2)),
    counted(
      'last-permits',
      'rounds of 2 threads in which 1 permit was out once at a time',
      lastOnes,
      'rounds',
      exactly(ROUNDS),
    ),
  ];
}

/** In how many of so many rounds of two threads a single permit was out once at a time, and free in the end. */
export async function takeTheLast(rounds: number): Promise<number> {
  let right = 0;
  for (let round = 0; round < rounds; round++) {
    const { most, freeAfter } = await takePermits(1, 2, TAKES);
    if (most === 1 && freeAfter === 1) right++;
  }
  return right;
}
