// Claim      One process with a queue of four accepts five tasks at once and refuses the others; runAll keeps a long list
//            within that.
// Mechanism  Tinypool rejects what exceeds `maxQueue`. runAll awaits an answer before the next task.
// Use when   tasks come faster than they are done.
// Do not     leave the queue unlimited: it grows until memory ends.
// Copy       recipe.ts, ../end-with-parent/recipe.ts, ../end-with-parent/worker.ts, ../pool/child.ts, ../pool/recipe.ts;
//            npm: tinypool; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts pool-queue

import { openPool } from '../pool/recipe.ts';
import type { Pool } from '../pool/recipe.ts';

/** Opens a pool of so many processes, in which at most `maxQueue` tasks wait. */
export function openBoundedPool<Input, Output>(task: URL, processes: number, maxQueue: number): Pool<Input, Output> {
  return openPool<Input, Output>(task, processes, { maxQueue });
}

/** Whether a task was refused for want of room: a server would answer 503, and not try again at once. */
export function wasRefused(error: unknown): boolean {
  return error instanceof Error && /^(Task queue is at limit|No task queue available)/.test(error.message);
}

/**
 * Runs all inputs, so many at a time: no queue overflows, however many there are. Outputs in the order of the inputs.
 *
 * @param atATime at most as many as the pool has processes and places in its queue
 */
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
