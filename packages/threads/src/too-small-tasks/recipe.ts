// Claim      Below a task of some ten microseconds a pool is slower than no pool, whatever the number of its threads; many
//            small tasks in one message are faster again.
// Mechanism  Every task costs the main thread a message there and a message back, some 10 us of its own time. A task that
//            takes less than that is done sooner than it is given away.
// Use when   you decide what one task of a pool is: a file, a page, a thousand rows; not a row.
// Do not     go to the other extreme: a batch of everything leaves the other threads idle. Several batches a thread.
// Run        pnpm tsx packages/threads/src/main.ts too-small-tasks

import type { Piscina } from 'piscina';
import { countPrimes } from '@cookbook/lab/task';

/** A task: how many primes are there below this number? It takes longer the larger the number is. */
export type Limit = number;

/** On the thread of the caller. */
export function inline(limits: readonly Limit[]): number[] {
  return limits.map((limit) => countPrimes(limit));
}

/** A message there and a message back for every task. */
export async function eachAsATask(limits: readonly Limit[], pool: Piscina<Limit[], number[]>): Promise<number[]> {
  const answers = await Promise.all(limits.map((limit) => pool.run([limit])));
  return answers.flat();
}

/**
 * A message for every `size` tasks.
 *
 * @throws RangeError where `size` is not an integer from 1 up
 */
export async function inBatches(
  limits: readonly Limit[],
  pool: Piscina<Limit[], number[]>,
  size: number,
): Promise<number[]> {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`Expected \`size\` to be an integer from 1 up, got ${size}`);
  }
  const batches: Limit[][] = [];
  for (let start = 0; start < limits.length; start += size) batches.push(limits.slice(start, start + size));
  const answers = await Promise.all(batches.map((batch) => pool.run(batch)));
  return answers.flat();
}
