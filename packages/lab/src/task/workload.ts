// The work that claims are measured with: integer arithmetic without allocation, so that neither the garbage
// collector nor memory bandwidth takes part, and with known answers, so that a run that computed nothing is caught.

import { computing } from './spans.ts';

/**
 * Counts the primes below `limit` by trial division.
 *
 * @param limit integer from 2 to 2^31 - 1
 */
export function countPrimes(limit: number): number {
  let count = 1; // 2, the only even one
  for (let candidate = 3; candidate < limit; candidate += 2) {
    let prime = 1;
    for (let divisor = 3; divisor * divisor <= candidate; divisor += 2) {
      if (candidate % divisor === 0) {
        prime = 0;
        break;
      }
    }
    count += prime;
  }
  return count;
}

/**
 * Finds the start below `limit` whose Collatz chain (n/2 if even, 3n + 1 if odd, until 1) is the longest.
 *
 * @param limit integer from 2 to 100,000; beyond, a chain leaves the 32-bit range that keeps this loop allocation-free
 */
export function longestCollatz(limit: number): number {
  let best = 1;
  let longest = 0;
  for (let start = 1; start < limit; start++) {
    let steps = 0;
    for (let n = start; n !== 1; steps++) n = (n & 1) === 0 ? n >>> 1 : 3 * n + 1;
    if (steps > longest) {
      longest = steps;
      best = start;
    }
  }
  return best;
}

/** The kernels: each takes about a millisecond or less, and each has its answer from the literature. */
const KERNELS = {
  /** pi(20,000) = 2,262 (OEIS A000720). */
  primes: { run: () => countPrimes(20_000), answer: 2_262 },
  /** Of the chains that start below 10,000, the one from 6,171 is the longest (OEIS A006877). */
  collatz: { run: () => longestCollatz(10_000), answer: 6_171 },
} as const;

export type KernelName = keyof typeof KERNELS;

/** A piece of work that can be sent to a thread or a process: a kernel, so many times. */
export interface Unit {
  readonly kernel: KernelName;
  readonly repeats: number;
}

/**
 * Does a unit of work and checks every answer.
 *
 * @throws Error where the kernel computed something else: then nothing that was timed means anything
 */
export function runUnit({ kernel, repeats }: Unit): void {
  const { run } = KERNELS[kernel];
  const computed = computing();
  for (let repeat = 0; repeat < repeats; repeat++) {
    checkAnswer(kernel, run());
    computed();
  }
}

/** @throws Error where `result` is not what the kernel is known to answer */
export function checkAnswer(kernel: KernelName, result: number): void {
  const { answer } = KERNELS[kernel];
  if (result !== answer) throw new Error(`Expected the ${kernel} kernel to answer ${answer}, got ${result}`);
}

/** Long enough for a thread's CPU clock, which steps by 4 ms on Linux; short enough for many trials in a second. */
export const UNIT_MS = 55;

/**
 * Sizes a unit to this host: how often the kernel fits into `targetMs` of undisturbed CPU time.
 *
 * Takes the quickest of several runs, since a neighbour can only make one slower. Takes about 40 ms itself.
 */
export function calibrate(kernel: KernelName = 'primes', targetMs: number = UNIT_MS): Unit {
  const warmUntil = performance.now() + 15; // the kernel is optimised within a few ms; a fresh one is up to 15 x slower
  while (performance.now() < warmUntil) runUnit({ kernel, repeats: 1 });

  let quickest = Infinity;
  for (let run = 0; run < 20; run++) {
    const start = performance.now();
    runUnit({ kernel, repeats: 1 });
    quickest = Math.min(quickest, performance.now() - start);
  }
  return { kernel, repeats: Math.max(1, Math.round(targetMs / quickest)) };
}
