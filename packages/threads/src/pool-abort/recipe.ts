// Claim      An abort signal ends a task of a Piscina pool that would run for ever, and the pool goes on.
// Mechanism  A thread that computes takes no messages. Piscina terminates it and starts another.
// Use when   a task may take too long, or becomes unwanted.
// Do not     abort tasks that hold locks or write files: no `finally` runs.
// Copy       recipe.ts, ../cpu-scaling/run-all.ts, ../pool/recipe.ts; npm: piscina; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts pool-abort

import { openPool } from '../pool/recipe.ts';

/** A pool whose tasks can be ended. */
export interface AbortablePool<Input, Output> {
  /** Runs a task that the signal ends, whether it is queued or running. It rejects then with the signal's reason. */
  run(input: Input, signal: AbortSignal): Promise<Output>;
  /**
   * Runs a task for at most `ms`, the time in the queue included. It rejects with a TimeoutError when they are over.
   *
   * @throws RangeError where `ms` is not an integer from 0 to 2,147,483,647, which is what a timer can wait for
   */
  runWithin(input: Input, ms: number): Promise<Output>;
  /** The numbers of the threads, which change with each running task that is ended. */
  threadIds(): number[];
  /** Ends the threads; what runs or is queued rejects, and so does every later run. */
  close(): Promise<void>;
}

/**
 * Opens a pool for the module `task`, whose default export turns an input into an output.
 *
 * @throws RangeError where `threads` is not an integer from 1 up
 */
export function openAbortablePool<Input, Output>(task: URL, threads?: number): AbortablePool<Input, Output> {
  const pool = openPool<Input, Output>(task, threads);
  return {
    run: (input, signal) => pool.run(input, { signal }), // a task without a signal cannot be ended
    async runWithin(input, ms) {
      if (!Number.isInteger(ms) || ms < 0 || ms >= 2 ** 31) {
        throw new RangeError(`Expected \`ms\` to be an integer from 0 to ${2 ** 31 - 1}, got ${ms}`);
      }
      return pool.run(input, { signal: AbortSignal.timeout(ms) });
    },
    threadIds: () => pool.threads.map(({ threadId }) => threadId),
    close: () => pool.destroy(),
  };
}
