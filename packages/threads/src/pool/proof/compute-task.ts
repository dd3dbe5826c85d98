// What the pool of the claim and its tests is asked to do.

export interface Play {
  /** Shared: [how many of these are under way, the most that ever were, how many have begun]. */
  readonly seen: Int32Array;
  /** How long to compute, ms; Infinity for an endless loop. */
  readonly ms: number;
}

/** Computes for so many ms and returns that number. */
export default function play({ seen, ms }: Play): number {
  const running = Atomics.add(seen, 0, 1) + 1;
  for (let most; running > (most = Atomics.load(seen, 1)) && Atomics.compareExchange(seen, 1, most, running) !== most;);
  Atomics.add(seen, 2, 1);
  Atomics.notify(seen, 2);
  for (const end = performance.now() + ms; performance.now() < end;);
  Atomics.sub(seen, 0, 1);
  return ms;
}

export function newSeen(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
}
