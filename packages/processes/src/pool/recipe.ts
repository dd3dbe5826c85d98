// Claim      A pool of child processes speeds up computing nearly once per core; a task costs at most 4 bare messages.
// Mechanism  Tinypool with `runtime: 'child_process'` keeps forked processes and gives each one task at a time.
// Use when   many tasks run native code, or leak.
// Do not     use it for tasks below a millisecond. Where threads do, Piscina starts sooner.
// Copy       recipe.ts, child.ts, ../end-with-parent/recipe.ts, ../end-with-parent/worker.ts; npm: tinypool; Node 22 or
//            newer
// Run        pnpm tsx packages/processes/src/main.ts pool

import { Tinypool } from 'tinypool';

/** A Tinypool with the types of its task. */
export interface Pool<Input, Output> extends Tinypool {
  /**
   * Runs the task in a process that is free, or once one is.
   *
   * @throws what the task throws, as a plain object: `pool-errors` makes it an Error again
   */
  run(input: Input, options?: Parameters<Tinypool['run']>[1]): Promise<Output>;
}

/**
 * Opens a pool of so many processes for the default export of `task`. Its `destroy()` ends them.
 *
 * @param maxQueue how many tasks may wait for a process; more are refused
 */
export function openPool<Input, Output>(
  task: URL,
  processes: number,
  { maxQueue = Infinity }: { readonly maxQueue?: number } = {},
): Pool<Input, Output> {
  return new Tinypool({
    runtime: 'child_process',
    filename: task.href,
    minThreads: processes, // processes, in this runtime
    maxThreads: processes,
    maxQueue,
    serialization: 'advanced', // the types that a thread's messages keep
    env: environment(), // Tinypool 2.2.0 gives its processes no other variables, not even PATH
    execArgv: ['--import', new URL('./child.ts', import.meta.url).href],
  });
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
