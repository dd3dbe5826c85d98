// Claim      An error of a task arrives with class, message and stack. A crash rejects its own task alone; a new process
//            takes the next.
// Mechanism  The task's process answers with the error as a value. Tinypool replaces a process that ended.
// Use when   callers tell errors apart, or tasks may crash.
// Do not     retry a crashed task without a limit: it may crash every time.
// Copy       recipe.ts, ../end-with-parent/recipe.ts, ../end-with-parent/worker.ts, ../pool/child.ts, ../pool/recipe.ts,
//            ../same-interface/errors.ts; npm: tinypool; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts pool-errors

import type { Pool } from '../pool/recipe.ts';

export interface TaskOptions {
  readonly signal?: AbortSignal;
  /** How often to run the task where its process ends each time. What it had done by then is done again. */
  readonly attempts?: number;
}

/** Whether a task was rejected since its process ended: by a crash, or by a kill. */
export function isCrash(error: unknown): boolean {
  return error instanceof Error && error.message === 'Worker exited unexpectedly'; // all that Tinypool 2.2.0 says
}

/**
 * Runs a task in a pool, and again after a crash. An error of the task is thrown at once: it would come again.
 *
 * @throws what the task throws: an error of the same built-in class, with its name, message, stack, causes and own properties
 * @throws Error 'Worker exited unexpectedly' where its process ended at the last attempt
 * @throws RangeError where `attempts` is not an integer from 1 up
 */
export async function runTask<Input, Output>(
  pool: Pool<Input, Output>,
  input: Input,
  { signal, attempts = 1 }: TaskOptions = {},
): Promise<Output> {
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new RangeError(`Expected \`attempts\` to be an integer from 1 up, got ${attempts}`);
  }
  for (let left = attempts - 1; ; left--) {
    try {
      return await pool.run(input, signal && { signal });
    } catch (error) {
      if (left === 0 || !isCrash(error)) throw error;
    }
  }
}
