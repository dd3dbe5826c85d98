import { now } from '../../src/concurrency-vs-parallelism/recipe.ts';
import type { Span } from '../../src/concurrency-vs-parallelism/recipe.ts';

/** Counts the primes below `limit`, and says when it began and ended. */
export default function compute(limit: number): Span {
  const started = now();
  let primes = 0;
  for (let n = 2; n < limit; n++) {
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor++;
    if (divisor * divisor > n) primes++;
  }
  if (limit === 200_000 && primes !== 17_984) throw new Error(`Expected 17984 primes, got ${primes}`);
  return { started, ended: now() };
}
