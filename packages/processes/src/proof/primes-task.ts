// A task that counts primes, or never ends. It knows neither threads nor processes, and answers with where it ran.

import { threadId } from 'node:worker_threads';
import { countPrimes } from '@cookbook/lab/task';

export interface Counted {
  readonly primes: number;
  readonly pid: number;
  readonly threadId: number;
}

/**
 * Counts the primes below `limit`; for Infinity it never comes to an end.
 *
 * @throws RangeError where `limit` is below 2
 */
export default function task({ limit }: { limit: number }): Counted {
  if (!(limit >= 2)) throw new RangeError(`Expected \`limit\` to be a number from 2 up, got ${limit}`);
  return { primes: countPrimes(limit), pid: process.pid, threadId };
}
