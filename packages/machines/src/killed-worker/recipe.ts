// Claim      When one of two workers is killed half-way, every result is right, and each keyed effect is there once,
//            though some inputs ran twice.
// Mechanism  A worker renews a lease on its jobs. One that falls silent loses them.
// Use when   workers may be killed: spot machines, out of memory.
// Do not     choose a lease below a second: a short pause would end it.
// Copy       recipe.ts, ../map-over-machines/recipe.ts; npm: bullmq, pg; Node 22 or newer
// Run        pnpm tsx packages/machines/src/main.ts killed-worker

import { startWorker } from '../map-over-machines/recipe.ts';

export interface Leased {
  readonly lanes?: number;
  /** ms for which a job belongs to a worker that says nothing more. BullMQ's own: 30,000. */
  readonly lease?: number;
  /** How many workers a job may lose. The next one that it loses has it fail: it may be what kills them. BullMQ's own: 1. */
  readonly losses?: number;
  /** Called by the worker that puts a lost job back to those that wait. */
  readonly onLost?: (jobId: string) => void;
}

/**
 * A worker whose jobs another worker does, from one to three leases after this one is killed.
 *
 * A job that is done again runs all of its inputs again, also those that were done: an effect outside of the result needs a
 * unique key, such as `insert ... on conflict do nothing` has. What is left of the killed worker may even be at it still.
 */
export function startLeasedWorker(
  connectionString: string,
  name: string,
  task: URL,
  { lanes = 1, lease = 30_000, losses = 3, onLost = () => {} }: Leased = {},
) {
  const worker = startWorker(connectionString, name, task, {
    lanes,
    lockDuration: lease, // renewed every half of it: the lane computes in another process, and does not keep it waiting
    stalledInterval: lease, // each worker looks that often; a job is lost when two looks in a row find it without a lease
    maxStalledCount: losses,
  });
  return worker.on('stalled', onLost);
}
