// Claim      N threads finish N pieces of CPU-bound work in nearly the time of one, up to the number of cores.
// Mechanism  Every Worker has its own thread and V8 isolate; no lock admits one at a time.
// Use when   a piece takes milliseconds of CPU, and its input and output are small.
// Do not     use it for waiting, which overlaps on one thread.
// Copy       recipe.ts, run-all.ts, worker.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts cpu-scaling

import { Worker } from 'node:worker_threads';
import { runAll } from './run-all.ts';
import type { Answer } from './worker.ts';

/** Threads that are kept, each running the default export of one module. */
export interface Threads<Input, Output> {
  /**
   * Runs the task on every input, on whichever thread is free; outputs are in the order of the inputs. After the first
   * failure no further input is begun, and it rejects with that error once the running ones are done. A thread that ends
   * fails its task, or the next, and is replaced, unless it never answered; with none left, or closed, all inputs fail.
   */
  run(inputs: readonly Input[]): Promise<Output[]>;
  /** Ends the threads at once; whatever runs or waits rejects. */
  close(): Promise<void>;
}

/** Starts `count` threads, an integer from 1 up, for the module `task`, whose default export turns an input into an output. */
export function openThreads<Input, Output>(task: URL, count: number): Threads<Input, Output> {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected \`count\` to be an integer from 1 up, got ${count}`);
  }
  const url = new URL('./worker.ts', import.meta.url);
  const jobs = new Map<Worker, Job | undefined>(); // of each thread
  const queue: Job[] = []; // of all callers: two at once never get each other's answers
  let end: { readonly error: unknown } | undefined; // why there is no thread any more
  let idle: typeof end; // why a thread without a job ended: the next input is rejected with it

  const next = (thread: Worker): void => {
    const job = queue.shift();
    jobs.set(thread, job);
    try {
      if (job) thread.postMessage(job.input);
    } catch (error) {
      job!.reject(error); // the input cannot be cloned
      next(thread);
    }
  };
  const start = (): void => {
    const thread = new Worker(url, { workerData: task.href, execArgv: [] });
    let hasAnswered = false;
    const lose = (error: unknown): void => {
      const job = jobs.get(thread);
      if (!jobs.delete(thread)) return;
      if (hasAnswered && !end) start(); // one that never answered would end again
      if (jobs.size === 0) end ??= { error };
      if (job) job.reject(end ? end.error : error);
      else idle = { error };
      if (end) for (const waiting of queue.splice(0)) waiting.reject(end.error);
    };
    thread.on('message', (answer: Answer) => {
      hasAnswered = true;
      const job = jobs.get(thread);
      next(thread);
      if ('output' in answer) job?.resolve(answer.output);
      else job?.reject('error' in answer ? answer.error : new DOMException(answer.uncloneable, 'DataCloneError'));
    });
    thread.on('error', lose); // of the module, or of a timer that a task left behind
    thread.on('exit', (code) => lose(new Error(`Expected the thread to be running, it ended with exit code ${code}`)));
    next(thread);
  };
  for (let n = 0; n < count; n++) start();
  const ask = (input: Input): Promise<unknown> => {
    const { promise, ...settle } = Promise.withResolvers<unknown>();
    const failure = end ?? idle;
    idle = undefined;
    if (failure) settle.reject(failure.error);
    else queue.push({ input, ...settle });
    for (const [thread, job] of jobs) if (job === undefined && queue.length > 0) next(thread);
    return promise;
  };
  return {
    run: (inputs) => runAll(inputs, count, (input) => ask(input) as Promise<Output>),
    async close() {
      end ??= { error: new Error('Expected open threads, they are closed') };
      await Promise.all(jobs.keys().map((thread) => thread.terminate()));
    },
  };
}

type Job = { readonly input: unknown } & Pick<PromiseWithResolvers<unknown>, 'resolve' | 'reject'>;
