// Claim      A Piscina pool speeds up CPU-bound tasks as worker threads alone do: nearly once per core.
// Mechanism  Piscina keeps its threads and gives each that is free the next task of its queue.
// Use when   CPU-bound tasks of a millisecond or more keep coming.
// Do not     take a pool for one long job, for waiting, or for tasks of microseconds.
// Copy       recipe.ts, ../cpu-scaling/run-all.ts; npm: piscina; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts pool

import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { runAll as runSome } from '../cpu-scaling/run-all.ts';

/** A Piscina of threads for one task. An error outside of all tasks is emitted as 'error', and its thread replaced. */
export class Pool<Input, Output> extends Piscina<Input, Output> {
  #closed: Promise<void> | undefined;
  readonly #failures: unknown[] = []; // why no thread could start

  constructor(options: ConstructorParameters<typeof Piscina>[0]) {
    super(options);
    this.on('error', (error) => {
      if (this.threads.length > 0) return;
      this.#failures.push(error);
      void this.destroy(); // else the tasks in the queue would wait for ever
    });
  }

  /**
   * Runs the task on a thread that is free, or once one is. Where the signal aborts, the thread of a task that runs is
   * ended and replaced.
   *
   * @throws what the task throws (but a `null`, with which Piscina 5.3.2 resolves), or its module when it is loaded
   * @throws the reason of the signal
   * @throws DOMException 'DataCloneError' where the input or the output cannot be cloned
   * @throws Error where the thread of the task ends, or the pool is closed
   */
  override async run(input: Input, options: Parameters<Piscina['run']>[1] = {}): Promise<Output> {
    if (this.#failures.length > 0) throw this.#failures[0];
    if (this.#closed) throw new Error('Expected an open pool, it is closed'); // Piscina 5.3.2 would start new threads
    const signal = options.signal as AbortSignal | undefined;
    try {
      return await super.run(input, options);
    } catch (error) {
      if (signal?.aborted) throw signal.reason; // Piscina's own AbortError does not say why
      throw this.#failures.length > 0 ? this.#failures[0] : naming(error);
    }
  }

  /** Ends the threads once what runs or is queued is done. */
  override close(options?: Parameters<Piscina['close']>[0]): Promise<void> {
    return (this.#closed ??= super.close(options));
  }

  /** Ends the threads at once; what runs or is queued rejects. */
  override destroy(): Promise<void> {
    return (this.#closed ??= super.destroy()); // Piscina 5.3.2 starts new threads where it is called twice
  }
}

/** An output that cannot be cloned ends its thread; Piscina 5.3.2 keeps the name of that error in its stack alone. */
function naming(error: unknown): unknown {
  const [, message] = (error instanceof Error && /^DataCloneError: (.*)/.exec(error.stack ?? '')) || [];
  return message === undefined ? error : new DOMException(message, 'DataCloneError');
}

/**
 * Opens a pool for the module `task`, whose default export turns an input into an output.
 *
 * @param threads as many as the tasks have cores, unless given
 * @throws RangeError where `threads` is not an integer from 1 up
 */
export function openPool<Input, Output>(task: URL, threads = availableParallelism()): Pool<Input, Output> {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`Expected \`threads\` to be an integer from 1 up, got ${threads}`);
  }
  return new Pool<Input, Output>({
    filename: task.href,
    minThreads: threads, // all of them at once, and no more
    maxThreads: threads,
    execArgv: [], // not the flags of the program that opens it
    stricterFIFO: true, // else a task that finds no thread free goes back to the end of the queue
  });
}

/** Runs a task for each input; outputs are in the order of the inputs. After the first failure no further one begins. */
export function runAll<Input, Output>(pool: Pool<Input, Output>, inputs: readonly Input[]): Promise<Output[]> {
  return runSome(inputs, pool.maxThreads, (input) => pool.run(input));
}
