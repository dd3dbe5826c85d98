// Claim      One process with a queue of four accepts five tasks at once and refuses the others; runAll keeps a long list
//            within that.
// Mechanism  Tinypool rejects what exceeds `maxQueue`. runAll awaits an answer before the next task.
// Use when   tasks come faster than they are done.
// Do not     leave the queue unlimited: it grows until memory ends.
// Copy       recipe.ts, ../cpu-scaling/batch.ts, ../end-with-parent/recipe.ts, ../end-with-parent/worker.ts,
//            ../pool/child.ts, ../pool/recipe.ts, ../same-interface/errors.ts; npm: tinypool; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts pool-queue

import { runBatch } from '../cpu-scaling/batch.ts';
import { openPool } from '../pool/recipe.ts';
import type { Pool } from '../pool/recipe.ts';

/** Opens a pool of so many processes, in which at most `maxQueue` tasks wait. */
export function openBoundedPool<Input, Output>(task: URL, processes: number, maxQueue: number): Pool<Input, Output> {
  return openPool<Input, Output>(task, processes, { maxQueue });
}

/** Whether a task was refused for want of room: a server would answer 503, and not try again at once. */
export function wasRefused(error: unknown): boolean {
  return error instanceof Error && /^(Task queue is at limit|No task queue available)/.test(error.message);
}

/**
 * Runs all inputs, so many at a time: no queue overflows, however many there are. Outputs in the order of the inputs.
 *
 * @param atATime at most as many as the pool has processes and places in its queue
 * @throws what the first task to fail throws; no further input is handed over, and those that had been are done by then
 * @throws RangeError where `atATime` is not an integer from 1 up
 */
export function runAll<Input, Output>(
  pool: Pool<Input, Output>,
  inputs: readonly Input[],
  atATime: number,
): Promise<Output[]> {
  return runBatch(inputs, atATime, (input) => pool.run(input));
}
