// Work in small pieces, so that a task can be sized to microseconds, with what it took.

import { countPrimes, now, waitingTime } from '@cookbook/lab/task';

export interface Work {
  /** Pieces of some microseconds each. */
  readonly pieces: number;
}

export interface Done {
  readonly primes: number;
  /** When the task was called, when its work began and ended, and when it returned: ms, a clock that all processes share. */
  readonly called: number;
  readonly started: number;
  readonly ended: number;
  readonly returned: number;
  /** How long the thread had no core meanwhile, ms; 0 where the system does not report it. */
  readonly waited: number;
  /** The same since its previous task, or since it began. */
  readonly waitedBefore: number;
}

/** pi(1,000) = 168 (OEIS A000720). */
const PRIMES_OF_A_PIECE = 168;

let waitedAtPreviousEnd = 0;

export default function work({ pieces }: Work): Done {
  const called = now();
  const waitedAtStart = waitingTime() ?? 0;
  const started = now();
  let primes = 0;
  for (let piece = 0; piece < pieces; piece++) primes += countPrimes(1_000);
  const ended = now();
  const waitedAtEnd = waitingTime() ?? 0;
  if (primes !== pieces * PRIMES_OF_A_PIECE)
    throw new Error(`Expected ${PRIMES_OF_A_PIECE} primes a piece, got ${primes}`);

  const waitedBefore = waitedAtStart - waitedAtPreviousEnd;
  waitedAtPreviousEnd = waitedAtEnd;
  return {
    primes,
    called,
    started,
    ended,
    waited: waitedAtEnd - waitedAtStart,
    waitedBefore,
    returned: now(),
  };
}
