// What is computed: on the thread that serves, or on one of a pool.

/** Counts the primes below `limit` by trial division. Synchronous: its thread does nothing else until it returns. */
export default function countPrimes(limit: number): number {
  let count = limit > 2 ? 1 : 0; // 2, the only even one
  for (let candidate = 3; candidate < limit; candidate += 2) {
    let divisor = 3;
    while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor += 2;
    if (divisor * divisor > candidate) count++;
  }
  return count;
}
