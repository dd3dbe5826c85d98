// Claim      Callers of a full pool wait for a place: none of a burst is refused, and the queue keeps its bound.
// Mechanism  p-limit lets as many into the pool as there are threads and queue places.
// Use when   tasks come from outside, faster than they are done.
// Do not     rely on `maxQueue`: it refuses instead, and Piscina 5.3.2 counts no task that carries a signal.
// Copy       recipe.ts, ../cpu-scaling/run-all.ts, ../pool/recipe.ts; npm: p-limit, piscina; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts pool-backpressure

import pLimit from 'p-limit';
import { openPool } from '../pool/recipe.ts';
import type { Pool } from '../pool/recipe.ts';

export interface BoundedPool<Input, Output> {
  /** Waits for a place, then runs the task. A signal ends it wherever it is: waiting, queued or running. */
  run(input: Input, signal?: AbortSignal): Promise<Output>;
  /** Piscina itself, for its histograms and its threads. */
  readonly piscina: Pool<Input, Output>;
  /** Ends the threads; what runs, is queued or waits for a place rejects, and so does every later run. */
  close(): Promise<void>;
}

/**
 * Opens a pool for the module `task`, whose default export turns an input into an output.
 *
 * @param maxQueue tasks that may wait inside the pool; all others wait at their callers, in the order in which they came
 * @throws RangeError where `threads` is not an integer from 1 up, or `maxQueue` not one from 0 up
 */
export function openBoundedPool<Input, Output>(
  task: URL,
  { threads, maxQueue }: { readonly threads: number; readonly maxQueue: number },
): BoundedPool<Input, Output> {
  if (!Number.isInteger(maxQueue) || maxQueue < 0) {
    throw new RangeError(`Expected \`maxQueue\` to be an integer from 0 up, got ${maxQueue}`);
  }
  const piscina = openPool<Input, Output>(task, threads);
  const places = pLimit(threads + maxQueue);
  return {
    piscina,
    async run(input, signal) {
      signal?.throwIfAborted();
      // Aborted while it waited, it is refused by Piscina, and the place goes to the next one.
      const output = places(() => piscina.run(input, signal && { signal }));
      return signal ? unlessAborted(output, signal) : output;
    },
    close: () => piscina.destroy(),
  };
}

/** The same output, but rejects as soon as the signal is aborted, while p-limit still keeps the task in its line. */
async function unlessAborted<Output>(output: Promise<Output>, signal: AbortSignal): Promise<Output> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([output, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
