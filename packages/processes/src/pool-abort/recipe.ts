// Claim      An abort signal or a time limit ends a running task with its process; a new process takes the next.
// Mechanism  Tinypool ends the process of an aborted task: by SIGTERM, after 1 s by SIGKILL.
// Use when   a task may take too long, or its result is no longer wanted.
// Do not     abort a task that must clean up: no `finally` runs.
// Copy       recipe.ts, ../end-with-parent/recipe.ts, ../end-with-parent/worker.ts, ../pool/child.ts, ../pool/recipe.ts,
//            ../same-interface/errors.ts; npm: tinypool; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts pool-abort

import type { Pool } from '../pool/recipe.ts';

/**
 * Runs a task in a pool until it is done or the signal aborts, whether it waits or runs. A task that waits is taken out of
 * the queue; the process of one that runs is ended and replaced.
 *
 * @throws the signal's reason, and whatever the task throws
 */
export function runUntil<Input, Output>(pool: Pool<Input, Output>, input: Input, signal: AbortSignal): Promise<Output> {
  return pool.run(input, { signal });
}

/**
 * Runs a task in a pool for at most `limit` ms, its time in the queue included.
 *
 * @throws DOMException 'TimeoutError' when the time is over; the reason of `signal` when that aborts earlier
 */
export function runWithin<Input, Output>(
  pool: Pool<Input, Output>,
  input: Input,
  limit: number,
  signal?: AbortSignal,
): Promise<Output> {
  const time = AbortSignal.timeout(limit);
  return runUntil(pool, input, signal === undefined ? time : AbortSignal.any([signal, time]));
}
