// Claim      A pool of processes finishes CPU-bound work in parallel, as forked processes do; a task costs no
//            more than a few bare messages. It ends and replaces a process whose task is aborted, and refuses work beyond its queue.
// Mechanism  Tinypool with `runtime: 'child_process'` keeps forked processes, gives each a task at a time, and holds the
//            rest in a queue. A task that is aborted is ended with its process: by SIGTERM, after 1 s by SIGKILL.
// Use when   many tasks need walls between them (native code, leaks), and you want what `cpu-scaling` leaves out.
// Do not     use it for tasks of less than a millisecond, nor where threads do: Piscina starts sooner and shares memory.
// Run        pnpm tsx packages/processes/src/main.ts pool

import { Tinypool } from 'tinypool';
import { fromWire } from '../same-interface/errors.ts';
import type { WireError } from '../same-interface/errors.ts';

export interface Pool<Input, Output> {
  /**
   * Runs the task in a process that is free, or once one is.
   *
   * @throws what the task throws; an AbortError where the signal ends it; 'Task queue is at limit' where there is no room
   */
  run(input: Input, signal?: AbortSignal): Promise<Output>;
  /** Tasks that wait for a process. */
  readonly queued: number;
  close(): Promise<void>;
}

/**
 * Opens a pool of so many processes for the default export of `task`.
 *
 * @param maxQueue how many tasks may wait; more are refused
 */
export function openPool<Input, Output>(
  task: URL,
  processes: number,
  { maxQueue = Infinity }: { maxQueue?: number } = {},
): Pool<Input, Output> {
  const pool = new Tinypool({
    runtime: 'child_process',
    filename: task.href,
    minThreads: processes,
    maxThreads: processes,
    maxQueue,
    serialization: 'advanced', // the types that a thread's messages keep
    env: environment(), // without it the processes get none, not even PATH
    execArgv: ['--import', new URL('./child.ts', import.meta.url).href],
  });
  return {
    async run(input, signal) {
      try {
        return (await pool.run(input, { signal: signal ?? null })) as Output;
      } catch (error) {
        throw error instanceof Error ? error : fromWire(error as WireError); // a process's errors arrive as plain objects
      }
    },
    get queued() {
      return pool.queueSize;
    },
    close: () => pool.destroy(),
  };
}

/** Runs all inputs, so many at a time: no queue overflows, however many there are. Outputs in the order of the inputs. */
export async function runAll<Input, Output>(
  pool: Pool<Input, Output>,
  inputs: readonly Input[],
  atATime: number,
): Promise<Output[]> {
  const outputs: Output[] = [];
  let next = 0;
  const runOneByOne = async (): Promise<void> => {
    while (next < inputs.length) {
      const index = next++;
      outputs[index] = await pool.run(inputs[index]!);
    }
  };
  await Promise.all(Array.from({ length: atATime }, runOneByOne));
  return outputs;
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
