// Claim      N forked processes finish N pieces of CPU-bound work in nearly the time of one, up to the number of cores.
// Mechanism  Every fork is a Node.js of its own; the system gives each a core where one is free.
// Use when   the work may crash, leak or need its own heap.
// Do not     send large inputs, which are serialised: threads share memory.
// Copy       recipe.ts, child.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts cpu-scaling

import { fork } from 'node:child_process';
import type { ChildProcess, SerializationType } from 'node:child_process';
import { once } from 'node:events';

/** Processes that are kept, each running the default export of one module. */
export interface Processes<Input, Output> {
  /** Runs the task on every input, in whichever process is free; outputs are in the order of the inputs. */
  run(inputs: readonly Input[]): Promise<Output[]>;
  close(): Promise<void>;
}

/**
 * Forks `count` processes for the module `task`, whose default export turns an input into an output.
 *
 * @param serialization 'advanced' keeps what JSON loses, such as typed arrays and maps
 */
export function openProcesses<Input extends object, Output>(
  task: URL,
  count: number,
  serialization: SerializationType = 'json',
): Processes<Input, Output> {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected \`count\` to be an integer from 1 up, got ${count}`);
  }
  const url = new URL('./child.ts', import.meta.url);
  const children = Array.from({ length: count }, () => fork(url, [task.href], { execArgv: [], serialization }));

  return {
    async run(inputs) {
      const outputs: Output[] = [];
      let next = 0;
      await Promise.all(
        children.map(async (child) => {
          while (next < inputs.length) {
            const index = next++;
            outputs[index] = await ask<Output>(child, inputs[index]!);
          }
        }),
      );
      return outputs;
    },
    async close() {
      await Promise.all(children.map(end));
    },
  };
}

/** One question, one answer. The end of the process rejects: nothing waits for one that is gone. */
async function ask<Output>(child: ChildProcess, input: object): Promise<Output> {
  if (!child.connected) throw new Error('Expected the process to be running, but it has ended');
  child.send(input); // throws where the input cannot be serialised; no answer can come before this turn ends
  const answered = new AbortController();
  const answer = once(child, 'message', { signal: answered.signal });
  const gone = once(child, 'exit', { signal: answered.signal }).then(([code, signal]) => {
    throw new Error(`Expected an answer of the process, but it ended with ${signal ?? `exit code ${code}`}`);
  });
  try {
    const [output] = await Promise.race([answer, gone]);
    return output as Output;
  } finally {
    answered.abort(); // takes the listener off that was not needed
  }
}

/** Ends a process at once: an orderly end, by closing its channel, would wait for its current task. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
