// How much computing takes how long on this host.

import countPrimes from '../compute-task.ts';

const TRIED = 100_000;
const RUNS = 10;

/**
 * The limit below which counting the primes takes about so many ms of an undisturbed core. Takes about 60 ms itself.
 *
 * Trial division up to the square root costs a little less than the limit to the power of 1.5.
 */
export function limitFor(ms: number): number {
  let quickest = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    countPrimes(TRIED);
    quickest = Math.min(quickest, performance.now() - start); // a neighbour can only make it slower
  }
  return Math.round(TRIED * (ms / quickest) ** (2 / 3));
}
