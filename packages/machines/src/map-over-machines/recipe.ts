// Claim      Two workers map 1,000 inputs at least 1.4 times as fast as one; results keep the order of inputs.
// Mechanism  BullMQ keeps batches of inputs in PostgreSQL. Whichever worker is free takes the next one.
// Use when   one machine is too slow, or may go away.
// Do not     send batches that take a few milliseconds: each costs some itself.
// Copy       recipe.ts; npm: bullmq, pg; Node 22 or newer
// Run        pnpm tsx packages/machines/src/main.ts map-over-machines

import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, withBackend } from 'bullmq';
import type { WorkerOptions } from 'bullmq';
// oxlint-disable-next-line import/no-unassigned-import -- BullMQ loads it, and does not install it
import 'pg';

const postgres = withBackend(createPostgresBackend);

/** Ends a lane with its worker: one whose worker was killed would try to report to it without end (seen in BullMQ 6.7). */
const END_WITH_WORKER = 'data:text/javascript,process.once("disconnect", () => process.exit(1))';

/**
 * On every machine: takes batches, as many at once as it has lanes. Each lane is a process of its own, so that a task that
 * computes keeps no worker from telling the database that it is alive. End it by `close()`.
 *
 * @param task a module whose default export turns a job, with the inputs in `data`, into an array of outputs
 */
export function startWorker(
  connectionString: string,
  name: string,
  task: URL,
  { lanes = 1, ...options }: { readonly lanes?: number } & Partial<WorkerOptions> = {},
) {
  const worker = new postgres.Worker(name, task, {
    ...options,
    connection: { connectionString, migrate: true }, // makes BullMQ's tables where there are none
    concurrency: lanes,
    workerForkOptions: { execArgv: ['--import', END_WITH_WORKER] }, // not the flags of this program
  });
  return worker.on('error', () => {}); // the database is away: BullMQ tries again
}

/**
 * On one of them: maps the task over the inputs, and waits for the workers.
 *
 * @param name of this map alone: its jobs are gone afterwards
 * @throws Error with the words of the first batch that failed
 */
export async function map<Output>(
  connectionString: string,
  name: string,
  inputs: readonly unknown[],
  batch: number,
): Promise<Output[]> {
  const queue = new postgres.Queue<unknown[], Output[]>(name, { connection: { connectionString, migrate: true } });
  queue.on('error', () => {});
  try {
    const batches = Array.from({ length: Math.ceil(inputs.length / batch) }, (_, n) =>
      inputs.slice(n * batch, (n + 1) * batch),
    );
    const jobs = await queue.addBulk(batches.map((data) => ({ name: 'batch', data })));
    const results: Output[] = [];
    for (const { id } of jobs) results.push(...(await resultOf(id!)));
    return results;
  } finally {
    await queue.obliterate({ force: true });
    await queue.close();
  }

  /** Asks for the state of a job: events of its end get lost where several workers are at work (BullMQ 6.7). */
  async function resultOf(id: string): Promise<Output[]> {
    for (;;) {
      const state = await queue.getJobState(id);
      const job = state === 'completed' || state === 'failed' ? await queue.getJob(id) : undefined;
      if (job && state === 'failed') throw new Error(job.failedReason);
      if (job) return job.returnvalue;
      await sleep(10);
    }
  }
}
