// Updates that clients lose by each way to add, and what a command costs against an `Atomics.add`.

import { measure } from '@cookbook/lab/host';
import type { Context } from '@cookbook/lab/claim';
import { comparePairs } from '@cookbook/lab/speedup';
import type { Comparison } from '@cookbook/lab/speedup';
import type { LaneReport } from '@cookbook/lab/task';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import type { AddJob } from './add-task.ts';
import type { Job } from './client-task.ts';
import { openClients } from './clients.ts';

const CLIENTS = 2;
/** In each of them the clients meet between `get` and `set`, so that at least one update is lost. */
export const ROUNDS = 5;
const TIMES = { 'get, then set': 100, add: 1_000, 'add, unanswered': 10_000 };
const ADDS = 1_000_000;

export interface Costs {
  /** Updates lost by each way. */
  readonly lost: Readonly<Record<Job['way'], number>>;
  /** CPU time of a command, with and without an answer, against that of an `Atomics.add`. */
  readonly answered: Comparison;
  readonly unanswered: Comparison;
}

export async function measureCosts(context: Context): Promise<Costs> {
  const lost: Record<Job['way'], number> = { 'get, then set': 0, add: 0, 'add, unanswered': 0 };
  const clients = openClients(CLIENTS);
  const adders = openThreads<AddJob, LaneReport>(new URL('./add-task.ts', import.meta.url), CLIENTS);
  /** ns of CPU time of the whole process for each command. */
  const commands = async (way: Job['way']): Promise<number> => {
    const expected = CLIENTS * TIMES[way];
    const run = await measure(
      () => clients.run(way, TIMES[way]),
      (counted) => (lost[way] += Math.abs(expected - counted)),
    );
    return (run.cpu * 1e6) / expected;
  };
  /** ns of CPU time of all threads for each `Atomics.add`. */
  const adds = async (): Promise<number> => {
    const memory = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
    const job = { times: ADDS, threads: CLIENTS, memory };
    const reports = await adders.run(Array.from({ length: CLIENTS }, () => job));
    return (reports.reduce((sum, { cpu }) => sum + cpu, 0) * 1e6) / (CLIENTS * ADDS);
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      context.signal.throwIfAborted();
      await commands('get, then set');
    }
    const pairs = { context, pairs: [ROUNDS, ROUNDS] as const };
    const answered = await comparePairs(() => commands('add'), adds, pairs);
    const unanswered = await comparePairs(() => commands('add, unanswered'), adds, pairs);
    return { lost, answered, unanswered };
  } finally {
    await Promise.all([clients.close(), adders.close()]);
  }
}
