// What the pools of the proofs and the tests run: it computes for as long as it is asked to, and counts itself.

export interface Computing {
  /** Shared: how many of these are under way, the most that ever were, how many have begun. */
  readonly counters: Int32Array;
  /** How long to compute, ms; Infinity for an endless loop. */
  readonly ms: number;
}

const UNDER_WAY = 0;
const MOST = 1;
const BEGUN = 2;

/** Computes for so many ms and returns that number. */
export default function compute({ counters, ms }: Computing): number {
  const running = Atomics.add(counters, UNDER_WAY, 1) + 1;
  for (let most; running > (most = Atomics.load(counters, MOST));)
    Atomics.compareExchange(counters, MOST, most, running);
  Atomics.add(counters, BEGUN, 1);
  for (const end = performance.now() + ms; performance.now() < end;);
  Atomics.sub(counters, UNDER_WAY, 1);
  return ms;
}

export function newCounters(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
}

/** How many have begun so far. */
export function begunOf(counters: Int32Array): number {
  return Atomics.load(counters, BEGUN);
}

/** The most that were under way at once. */
export function mostOf(counters: Int32Array): number {
  return Atomics.load(counters, MOST);
}
