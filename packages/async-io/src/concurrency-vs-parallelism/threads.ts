import { Piscina } from 'piscina';

type RunOptions = NonNullable<Parameters<Piscina['run']>[1]>;

/** Threads that run one task, each an input at a time. */
export interface TaskThreads<Input, Output> {
  /**
   * Runs the task on a thread that is free, or once one is. Where the signal aborts, the thread of a task that runs is ended
   * and replaced. What is in `transferList` moves, and is not copied.
   *
   * @throws what the task throws (but a `null`, with which Piscina 5.3.2 resolves), or its module when it is loaded
   * @throws the signal's reason
   * @throws Error where the thread of the task ends, its output cannot be cloned, or the threads are closed
   */
  run(input: Input, signal?: AbortSignal, transferList?: readonly ArrayBuffer[]): Promise<Output>;
  /** Ends the threads; what runs or is queued rejects. */
  close(): Promise<void>;
}

/** Opens so many threads for the default export of the module `task`. An error between two tasks ends no program. */
export function openTaskThreads<Input, Output>(task: URL, threads: number): TaskThreads<Input, Output> {
  const pool = new Piscina<Input, Output>({
    filename: task.href,
    minThreads: threads,
    maxThreads: threads,
    execArgv: [], // not the flags of the program that opens it
    stricterFIFO: true, // else a task that finds no thread free goes back to the end of the queue
  });
  let failure: unknown; // why no thread could start
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= pool.destroy()); // called twice, Piscina 5.3.2 starts new threads
  pool.on('error', (error) => {
    if (pool.threads.length > 0) return; // a timer that a task left behind: its thread is replaced
    failure ??= error;
    void close(); // else what is queued would wait for ever
  });
  return {
    async run(input, signal, transferList = []) {
      if (failure !== undefined) throw failure;
      if (closed) throw new Error('Expected open threads, they are closed'); // Piscina would start new ones
      const options = { transferList: [...transferList] as RunOptions['transferList'], ...(signal && { signal }) };
      try {
        return await pool.run(input, options);
      } catch (error) {
        signal?.throwIfAborted(); // its reason, which Piscina has put into an error of its own
        throw failure ?? error;
      }
    },
    close,
  };
}
