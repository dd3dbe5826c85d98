// Rounds of two threads: the order of their lines, their ids, and whether both were alive at once.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
import { counted } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { orderOf } from '@cookbook/lab/race';
import { helloThreads } from '../recipe.ts';

const ROUNDS = 10;
export const NAMES = ['A', 'B'];

export interface Rounds {
  readonly orders: readonly string[];
  readonly threads: Figure;
  readonly together: Figure;
}

export async function runRounds({ signal }: Context): Promise<Rounds> {
  const orders: string[] = [];
  const ids = new Set<number>();
  let together = 0;
  for (let round = 0; round < ROUNDS; round++) {
    signal.throwIfAborted();
    const most = await mostAlive(async () => {
      orders.push(orderOf(await helloThreads(NAMES, ({ threadId }) => ids.add(threadId)), NAMES, 5));
    });
    if (most === NAMES.length) together++;
  }
  return {
    orders,
    threads: counted('threads', 'different threads', ids.size, 'threads', { least: NAMES.length * ROUNDS }),
    together: counted('together', 'rounds in which both were alive at once', together, `of ${ROUNDS}`, {
      least: ROUNDS,
    }),
  };
}

/** The most threads that were alive at once during `work`: the lines alone do not show whether one waited for the other. */
export async function mostAlive(work: () => Promise<unknown>): Promise<number> {
  let [alive, most] = [0, 0];
  const started = (message: unknown): void => {
    most = Math.max(most, ++alive);
    (message as { worker: Worker }).worker.once('exit', () => alive--);
  };
  subscribe('worker_threads', started);
  try {
    await work();
  } finally {
    unsubscribe('worker_threads', started);
  }
  return most;
}
