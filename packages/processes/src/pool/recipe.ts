// Claim      A pool of child processes speeds up computing nearly once per core; a task costs at most 3 bare messages.
// Mechanism  Tinypool with `runtime: 'child_process'` keeps forked processes and gives each one task at a time.
// Use when   many tasks run native code, or leak.
// Do not     use it for tasks below a millisecond. Where threads do, Piscina starts sooner.
// Copy       recipe.ts, child.ts, ../end-with-parent/recipe.ts, ../end-with-parent/worker.ts,
//            ../same-interface/errors.ts; npm: tinypool; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts pool

import { deserialize, serialize } from 'node:v8';
import { Tinypool } from 'tinypool';
import { fromWire, naming } from '../same-interface/errors.ts';
import type { PoolAnswer } from './child.ts';

/** A Tinypool of processes for one task. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the input is what tells two pools apart
export class Pool<Input, Output> extends Tinypool {
  #closed: Promise<void> | undefined;

  /**
   * Runs the task in a process that is free, or once one is. Where the signal aborts, the process of a task that runs is
   * ended and replaced.
   *
   * @throws what the task throws; the reason of the signal
   * @throws DOMException 'DataCloneError' where the input or the output cannot be cloned
   * @throws Error 'Worker exited unexpectedly' where the process of the task ends; another where the queue is full or the
   *   pool is closed
   */
  override async run(input: Input, { signal }: { readonly signal?: AbortSignal } = {}): Promise<Output> {
    if (this.#closed) throw new Error('Expected an open pool, it is closed');
    signal?.throwIfAborted();
    const packed = naming(() => serialize(input));
    const stop = new AbortController(); // Tinypool 2.2.0 leaves its listener on the signal of a task that it refuses
    const abort = (): void => stop.abort();
    signal?.addEventListener('abort', abort);
    try {
      const answer = (await super.run(packed, signal && { signal: stop.signal })) as PoolAnswer;
      if ('error' in answer) throw fromWire(answer.error);
      return deserialize(answer.output) as Output;
    } catch (error) {
      if (stop.signal.aborted) throw signal!.reason; // Tinypool's AbortError has none
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Ends the processes, and with them what they run. */
  override destroy(): Promise<void> {
    return (this.#closed ??= super.destroy());
  }
}

/**
 * Opens a pool of so many processes for the default export of `task`. Its `destroy()` ends them.
 *
 * @param maxQueue how many tasks may wait for a process; more are refused
 * @throws RangeError where `processes` is not an integer from 1 up
 */
export function openPool<Input, Output>(
  task: URL,
  processes: number,
  { maxQueue = Infinity }: { readonly maxQueue?: number } = {},
): Pool<Input, Output> {
  if (!Number.isInteger(processes) || processes < 1) {
    throw new RangeError(`Expected \`processes\` to be an integer from 1 up, got ${processes}`);
  }
  const pool = new Pool<Input, Output>({
    runtime: 'child_process',
    filename: new URL('./child.ts', import.meta.url).href,
    argv: [task.href],
    minThreads: processes, // processes, in this runtime
    maxThreads: processes,
    maxQueue,
    serialization: 'advanced', // an answer is bytes
    env: environment(), // Tinypool 2.2.0 gives its processes no other variables, not even PATH
    execArgv: [],
  });
  // A process that ends without a task is replaced. Where none could start, tasks would wait for ever.
  return pool.on('error', () => pool.threads.length === 0 && pool.cancelPendingTasks());
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
