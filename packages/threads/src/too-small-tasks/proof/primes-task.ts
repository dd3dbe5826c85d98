// What a thread of the pool does with a message: all of its tasks.

import { countPrimes } from '@cookbook/lab/task';

export default function task(limits: readonly number[]): number[] {
  return limits.map((limit) => countPrimes(limit));
}
