// Claim      N threads finish N pieces of CPU-bound work in nearly the time of one, up to the number of cores.
// Mechanism  Every Worker has its own thread and V8 isolate; no lock admits one at a time.
// Use when   a piece takes milliseconds of CPU, and its input and output are small.
// Do not     use it for waiting, which overlaps on one thread.
// Copy       recipe.ts, worker.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts cpu-scaling

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Threads that are kept, each running the default export of one module. */
export interface Threads<Input, Output> {
  /** Runs the task on every input, on whichever thread is free; outputs are in the order of the inputs. */
  run(inputs: readonly Input[]): Promise<Output[]>;
  close(): Promise<void>;
}

/** Starts `count` threads for the module `task`, whose default export turns an input into an output. */
export function openThreads<Input, Output>(task: URL, count: number): Threads<Input, Output> {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected \`count\` to be an integer from 1 up, got ${count}`);
  }
  const url = new URL('./worker.ts', import.meta.url);
  const threads = Array.from({ length: count }, () => new Worker(url, { workerData: task.href, execArgv: [] }));

  return {
    async run(inputs) {
      const outputs: Output[] = [];
      let next = 0;
      // Each thread takes the next input as soon as it is free: none is idle while inputs are left.
      await Promise.all(
        threads.map(async (thread) => {
          while (next < inputs.length) {
            const index = next++;
            outputs[index] = await ask<Output>(thread, inputs[index]!);
          }
        }),
      );
      return outputs;
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

/** Sends an input and waits for its output. An error in the thread, or its end, rejects. */
async function ask<Output>(thread: Worker, input: unknown): Promise<Output> {
  if (thread.threadId === -1) throw new Error('Expected the thread to be running, but it has ended');
  thread.postMessage(input); // throws where the input cannot be cloned; no answer can come before this turn ends
  const answered = new AbortController();
  const answer = once(thread, 'message', { signal: answered.signal });
  const end = once(thread, 'exit', { signal: answered.signal }).then(([code]) => {
    throw new Error(`Expected an answer of the thread, but it ended with exit code ${code}`);
  });
  try {
    const [output] = await Promise.race([answer, end]);
    return output as Output;
  } finally {
    answered.abort(); // removes the listener that was not needed
  }
}
