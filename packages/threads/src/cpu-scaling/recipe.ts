// Claim      N threads finish N pieces of CPU-bound work in the time of one, up to the number of cores: a speedup of
//            more than 1 + 0.5 (N - 1), where async tasks stay at 1.
// Mechanism  Every Worker runs JavaScript on a thread and a V8 isolate of its own; no lock admits one at a time.
// Use when   a piece of work takes milliseconds of CPU or more, and its input and output are small.
// Do not     use it for waiting (network, files): that overlaps on one thread. In production take a pool that also
//            cancels, limits its queue and replaces a dead thread, such as Piscina.
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
      // Each thread takes the next input as soon as it is free: no thread waits while another has a heap to do.
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

/** One question, one answer. An error in the thread, or its end, rejects: nobody waits for a thread that is gone. */
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
    answered.abort(); // takes the listener off that was not needed
  }
}
