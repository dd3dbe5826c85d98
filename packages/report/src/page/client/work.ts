// The work: counting primes by trial division, which keeps a core busy and has an answer that can be checked.

/** How many primes there are from `from` up to, but without, `to`. */
export function countPrimes(from: number, to: number): number {
  let count = 0;
  for (let candidate = Math.max(2, from); candidate < to; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
      if (candidate % divisor === 0) {
        prime = false;
        break;
      }
    }
    if (prime) count++;
  }
  return count;
}
