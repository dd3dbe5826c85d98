// Threads that take permits, and how many were out at once.

import { openTogether } from '../../proof/run-together.ts';
import { Semaphore } from '../recipe.ts';
import { PERMITS_WORDS } from './permits-task.ts';
import type { Permits } from './permits-task.ts';

/** Lets `threads` threads take one of `permits` permits so many times each; resolves with the most that were out at once. */
export async function mostPermitsOut(permits: number, threads: number, times: number): Promise<number> {
  const task = new URL('./permits-task.ts', import.meta.url);
  const together = openTogether<'permits', Permits>(task, threads, PERMITS_WORDS);
  try {
    const { most } = await together.run('permits', times, { permits, semaphore: Semaphore.create(permits).memory });
    return most;
  } finally {
    await together.close();
  }
}
