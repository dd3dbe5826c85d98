// Claim      A pool speeds up CPU-bound work as its threads do; it ends a task that never would by its signal, and goes on;
//            and with a bounded queue it makes whoever asks too much wait, instead of growing without limit.
// Mechanism  Piscina keeps threads and hands each the next task. A running task is ended by terminating its thread, which
//            is replaced. Its own `maxQueue` refuses what is too much, but in 5.3.2 it does not count tasks that carry a
//            signal; so the places are counted here, and who finds none waits for one.
// Use when   CPU-bound tasks of a millisecond or more keep coming: a server, a queue, a long list.
// Do not     take a pool for one long job (a Worker is enough), for waiting, or for tasks of microseconds: see
//            `too-small-tasks`. Do not leave the queue unbounded where the tasks come from outside.
// Run        pnpm tsx packages/threads/src/main.ts pool

import { Piscina } from 'piscina';

export interface PoolOptions {
  readonly threads: number;
  /** Tasks that may wait inside the pool. */
  readonly maxQueue: number;
}

export interface Pool<Input, Output> {
  /** Waits for a place, then runs the task. A signal ends it wherever it is: waiting, queued or running. */
  run(input: Input, signal?: AbortSignal): Promise<Output>;
  /** Piscina itself, for its histograms and its threads. */
  readonly piscina: Piscina<Input, Output>;
  close(): Promise<void>;
}

/**
 * Opens a pool for the module `task`, whose default export turns an input into an output.
 *
 * @throws RangeError where `threads` is not an integer from 1 up, or `maxQueue` not one from 0 up
 */
export function openPool<Input, Output>(task: URL, { threads, maxQueue }: PoolOptions): Pool<Input, Output> {
  expectInteger('threads', threads, 1);
  expectInteger('maxQueue', maxQueue, 0);
  const piscina = new Piscina<Input, Output>({
    filename: task.href,
    minThreads: threads, // and no more: the number of cores, for computing
    maxThreads: threads,
    execArgv: [],
    stricterFIFO: true, // else a task that finds no thread free goes back to the end of the queue
  });
  const places = new Places(threads + maxQueue);
  return {
    piscina,
    async run(input, signal) {
      await places.take(signal);
      try {
        return await piscina.run(input, signal && { signal });
      } finally {
        places.giveBack();
      }
    },
    close: () => piscina.destroy(),
  };
}

/** So many places, given to those who wait in the order in which they came. */
class Places {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  async take(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = (): void => {
      this.#waiting.delete(resolve);
      reject(signal!.reason as Error);
    };
    this.#waiting.add(resolve);
    signal?.addEventListener('abort', giveUp);
    await promise.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  giveBack(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free++;
      return;
    }
    this.#waiting.delete(next); // the place goes to the next one directly: nobody can slip in between
    next();
  }
}

function expectInteger(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`Expected \`${name}\` to be an integer from ${least} up, got ${value}`);
}
