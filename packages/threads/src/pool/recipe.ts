// Claim      A Piscina pool speeds up CPU-bound tasks as worker threads alone do: nearly once per core.
// Mechanism  Piscina keeps its threads and gives each that is free the next task of its queue.
// Use when   CPU-bound tasks of a millisecond or more keep coming.
// Do not     take a pool for one long job, for waiting, or for tasks of microseconds.
// Copy       recipe.ts; npm: piscina; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts pool

import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';

/**
 * Opens a pool for the module `task`, whose default export turns an input into an output. `run(input)` resolves with the
 * output, or rejects with the error of the task; `destroy()` ends the threads.
 *
 * @param threads as many as the tasks have cores, unless given
 * @throws RangeError where `threads` is not an integer from 1 up
 */
export function openPool<Input, Output>(task: URL, threads = availableParallelism()): Piscina<Input, Output> {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`Expected \`threads\` to be an integer from 1 up, got ${threads}`);
  }
  return new Piscina<Input, Output>({
    filename: task.href,
    minThreads: threads, // all of them at once, and no more
    maxThreads: threads,
    execArgv: [], // not the flags of the program that opens it
    stricterFIFO: true, // else a task that finds no thread free goes back to the end of the queue
  });
}

/** Runs a task for each input, all of them in the pool at once; outputs are in the order of the inputs. */
export function runAll<Input, Output>(pool: Piscina<Input, Output>, inputs: readonly Input[]): Promise<Output[]> {
  return Promise.all(inputs.map((input) => pool.run(input)));
}
