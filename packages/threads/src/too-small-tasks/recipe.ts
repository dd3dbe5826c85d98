// Claim      For tasks of a few microseconds a pool takes at least 1.5 times as long as inline code, until 250 share a
//            message.
// Mechanism  A message there and back costs the main thread some 10 us.
// Use when   you choose what a task of a pool is: a file, a page, not a row.
// Do not     put all in one batch: other threads stay idle.
// Copy       recipe.ts, ../cpu-scaling/run-all.ts; npm: piscina; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts too-small-tasks

import type { Piscina } from 'piscina';
import { runAll } from '../cpu-scaling/run-all.ts';

/** A pool whose messages are lists: a thread answers with the outputs in the order of the inputs. */
export type BatchPool<Input, Output> = Pick<Piscina<Input[], Output[]>, 'run' | 'maxThreads'>;

/** What a thread of such a pool runs: `export default eachOf(task)` in the module that the pool loads. */
export function eachOf<Input, Output>(task: (input: Input) => Output): (inputs: readonly Input[]) => Output[] {
  return (inputs) => inputs.map((input) => task(input));
}

/** A message there and a message back for every task. After the first failure no further one is sent, here and below. */
export async function eachAsATask<Input, Output>(
  inputs: readonly Input[],
  pool: BatchPool<Input, Output>,
): Promise<Output[]> {
  const answers = await runAll(inputs, pool.maxThreads, (input) => pool.run([input]));
  return answers.flatMap((outputs) => outputs);
}

/**
 * A message for every `size` tasks. Several batches for each thread keep all of them busy to the end.
 *
 * @throws RangeError where `size` is not an integer from 1 up
 */
export async function inBatches<Input, Output>(
  inputs: readonly Input[],
  pool: BatchPool<Input, Output>,
  size: number,
): Promise<Output[]> {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`Expected \`size\` to be an integer from 1 up, got ${size}`);
  }
  const batches: Input[][] = [];
  for (let start = 0; start < inputs.length; start += size) batches.push(inputs.slice(start, start + size));
  const answers = await runAll(batches, pool.maxThreads, (batch) => pool.run(batch));
  return answers.flatMap((outputs) => outputs);
}
