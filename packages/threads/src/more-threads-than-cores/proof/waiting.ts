// The same waiting on as many threads as there are cores, on several times as many, and as async tasks on one.

import { sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { timed } from '@cookbook/lab/task';
import { waitingTasks, waitingThreads } from '../recipe.ts';
import type { Waiter } from '../recipe.ts';

export const WAIT_MS = 20;
const ROUNDS = 3;

/** How many times as much waiting `many` threads, and async tasks, get done in a time as `few` threads do. */
export async function compareWaiting(few: number, many: number, { signal }: Context): Promise<Figure[]> {
  const waiters = { few: waitingThreads(few), many: waitingThreads(many), tasks: waitingTasks() };
  const ratios = { many: [] as number[], tasks: [] as number[] };
  const time = (waiter: Waiter): Promise<number> => timed(() => waitOften(waiter, 2 * many));
  try {
    for (const waiter of Object.values(waiters)) await waiter.wait(many, 1); // all threads are there
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      const onFew = await time(waiters.few);
      ratios.many.push(onFew / (await time(waiters.many)));
      ratios.tasks.push(onFew / (await time(waiters.tasks)));
    }
  } finally {
    await Promise.all(Object.values(waiters).map((waiter) => waiter.close()));
  }
  const bound = { least: many / few / 2 };
  return [
    sampled('waiting-threads', `waiting, ${many} threads / ${few} threads`, ratios.many, 'x', bound),
    sampled('waiting-tasks', `waiting, async tasks on 1 thread / ${few} threads`, ratios.tasks, 'x', bound),
  ];
}

async function waitOften(waiter: Waiter, waits: number): Promise<void> {
  const done = await waiter.wait(waits, WAIT_MS);
  if (done !== waits) throw new Error(`Expected ${waits} waits to be done, got ${done}`);
}
