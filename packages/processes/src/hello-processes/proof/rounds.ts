// Rounds of two processes: the order of their lines, their pids, and whether both were alive at once.

import { counted } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { orderOf } from '@cookbook/lab/race';
import { helloProcesses } from '../recipe.ts';
import { mostAlive } from './alive.ts';

const ROUNDS = 8;
export const NAMES = ['A', 'B'];

export interface Rounds {
  readonly orders: readonly string[];
  readonly pids: Figure;
  readonly together: Figure;
}

export async function runRounds({ signal }: Context): Promise<Rounds> {
  const orders: string[] = [];
  const pids = new Set<number>();
  let together = 0;
  const round = async (): Promise<void> => {
    orders.push(orderOf(await helloProcesses(NAMES, ({ pid }) => pids.add(pid)), NAMES, 5));
  };
  for (let n = 0; n < ROUNDS; n++) {
    signal.throwIfAborted();
    if ((await mostAlive(round)) === NAMES.length) together++;
  }
  pids.delete(process.pid);
  return {
    orders,
    pids: counted('pids', 'pids other than our own', pids.size, 'pids', { least: NAMES.length * ROUNDS }),
    together: counted('together', 'rounds in which both were alive at once', together, `of ${ROUNDS}`, {
      least: ROUNDS,
    }),
  };
}
