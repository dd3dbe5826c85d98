// Claim      An abort signal ends a task of a Piscina pool that would run for ever, and the pool goes on.
// Mechanism  A thread that computes takes no messages. Piscina terminates it and starts another.
// Use when   a task may take too long, or becomes unwanted.
// Do not     abort tasks that hold locks or write files: no `finally` runs.
// Copy       recipe.ts, ../pool/recipe.ts; npm: piscina; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts pool-abort

import { openPool } from '../pool/recipe.ts';

/** A pool whose tasks can be ended. */
export interface AbortablePool<Input, Output> {
  /** Runs a task that the signal ends, whether it is queued or running. It rejects then with the signal's reason. */
  run(input: Input, signal: AbortSignal): Promise<Output>;
  /** Runs a task for at most `ms`, the time in the queue included. It rejects with a TimeoutError when they are over. */
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
  let closed = false;
  const run = async (input: Input, signal: AbortSignal): Promise<Output> => {
    if (closed) throw new Error('Expected an open pool, it is closed'); // Piscina 5.3.2 would start a thread anew
    try {
      return await pool.run(input, { signal }); // a task without a signal cannot be ended
    } catch (error) {
      throw signal.aborted ? signal.reason : error; // Piscina's own AbortError does not say why
    }
  };
  return {
    run,
    runWithin: (input, ms) => run(input, AbortSignal.timeout(ms)),
    threadIds: () => pool.threads.map(({ threadId }) => threadId),
    async close() {
      closed = true;
      await pool.destroy();
    },
  };
}
