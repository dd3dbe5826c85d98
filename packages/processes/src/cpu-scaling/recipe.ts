// Claim      N forked processes finish N pieces of CPU-bound work in nearly the time of one, up to the number of cores.
// Mechanism  Every fork is a Node.js of its own; the system gives each a core where one is free.
// Use when   the work may crash, leak or need its own heap.
// Do not     send large inputs, which are serialised: threads share memory.
// Copy       recipe.ts, batch.ts, child.ts, place.ts, ../same-interface/errors.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts cpu-scaling

import { fork } from 'node:child_process';
import type { SerializationType } from 'node:child_process';
import { runBatch } from './batch.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';

/** Processes that are kept, each running the default export of one module, one task at a time. */
export interface Processes<Input, Output> {
  /**
   * Runs the task on every input, in whichever process is free; outputs are in the order of the inputs. Runs that are under
   * way at the same time share the processes.
   *
   * @throws what the first task to fail throws; no further input is begun, and those that had begun are done by then
   * @throws Error where the process of a task ends, which is replaced, or where the processes are closed
   */
  run(inputs: readonly Input[]): Promise<Output[]>;
  close(): Promise<void>;
}

/**
 * Forks `count` processes for the module `task`, whose default export turns an input into an output.
 *
 * @param serialization 'json' loses typed arrays, maps and undefined in silence, and is quicker for many records
 * @throws RangeError where `count` is not an integer from 1 up
 */
export function openProcesses<Input, Output>(
  task: URL,
  count: number,
  serialization: SerializationType = 'advanced',
): Processes<Input, Output> {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Expected \`count\` to be an integer from 1 up, got ${count}`);
  }
  const url = new URL('./child.ts', import.meta.url);
  const places = Array.from({ length: count }, () =>
    openPlace<Input, Output>(() => fork(url, [task.href], { execArgv: [], serialization })),
  );
  const free = [...places];
  const waiting: ((place: Place<Input, Output>) => void)[] = [];
  let closed = false;

  async function runOne(input: Input, signal: AbortSignal): Promise<Output> {
    const place = free.shift() ?? (await new Promise<Place<Input, Output>>((resolve) => waiting.push(resolve)));
    try {
      if (closed) throw new Error('Expected open processes, they are closed');
      signal.throwIfAborted(); // another task of the run has failed meanwhile
      return await place.ask(input);
    } finally {
      const next = waiting.shift();
      if (next) next(place);
      else free.push(place);
    }
  }

  return {
    async run(inputs) {
      if (closed) throw new Error('Expected open processes, they are closed');
      return runBatch(inputs, count, runOne);
    },
    async close() {
      closed = true;
      await Promise.all(places.map((place) => place.end()));
    },
  };
}
