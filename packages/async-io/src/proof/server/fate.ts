// What happens to a request. It follows from the seed, the document and how often that was asked for before, so that it
// is the same in whatever order requests arrive, and a test can say beforehand what it will be.

import type { Behaviour } from './behaviour.ts';

export type Fault = 'error' | 'reset' | 'cut';

export interface Fate {
  readonly fault: Fault | undefined;
  /** ms that the work takes where there is no overload. */
  readonly delay: number;
}

type Rates = Pick<Behaviour, 'seed' | 'delay' | 'jitter' | 'errorRate' | 'resetRate' | 'cutRate'>;

/**
 * @param attempt how many requests for this document were taken on before; refused ones do not count
 */
export function fateOf(behaviour: Rates, document: number, attempt: number): Fate {
  const { seed, delay, jitter, errorRate, resetRate, cutRate } = behaviour;
  const chance = uniform(seed, document, 2 * attempt);
  const swing = 2 * uniform(seed, document, 2 * attempt + 1) - 1;
  let fault: Fault | undefined;
  if (chance < errorRate) fault = 'error';
  else if (chance < errorRate + resetRate) fault = 'reset';
  else if (chance < errorRate + resetRate + cutRate) fault = 'cut';
  return { fault, delay: delay * (1 + jitter * swing) };
}

/**
 * How many times as long as its delay a request takes, where `present` requests are there, itself included.
 */
export function slowdownAt(overload: Behaviour['overload'], present: number): number {
  if (!overload || present <= overload.width) return 1;
  return 1 + (overload.slowdown * (present - overload.width)) / overload.width;
}

/** A number from 0 to below 1 that follows from three, by the finalizer of MurmurHash3 (Appleby), applied to each. */
function uniform(...parts: readonly number[]): number {
  let hash = 0x9747b28c;
  for (const part of parts) hash = finalize(hash ^ Math.imul(part + 1, 0x9e3779b1));
  return (hash >>> 0) / 2 ** 32;
}

function finalize(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
