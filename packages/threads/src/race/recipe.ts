// Claim      Two threads that count on one shared number lose updates: always with a separate load and store, often with
//            `counter[0]++`. With `Atomics.add`, or under a lock, they lose none.
// Mechanism  `counter[0]++` is a load, an addition and a store. What another thread stores between the load and the store
//            is overwritten. That each step is atomic does not help: the three together are not.
// Use when   threads share numbers: `Atomics.add` for one counter, a lock where several values change together.
// Do not     take "it came out right" for a proof: on one core plain `++` often loses nothing.
// Run        pnpm tsx packages/threads/src/main.ts race

import { openThreads } from '../cpu-scaling/recipe.ts';
import type { Way } from './ways.ts';

/** What the threads of a race are told. */
export interface Job {
  readonly way: Way;
  readonly times: number;
  readonly threads: number;
  /** Three shared 32-bit numbers: the counter, the lock, and how many threads have arrived at the start. */
  readonly memory: Int32Array;
}

export interface RaceResult {
  readonly counted: number;
  readonly expected: number;
  /** Nanoseconds for each count, as the slowest thread saw it. */
  readonly nsPerCount: number;
}

/** Threads that can race many times over, `times` counts each. */
export function openRace(threads: number) {
  const lanes = openThreads<Job, number>(new URL('./ways.ts', import.meta.url), threads);
  return {
    async run(way: Way, times: number): Promise<RaceResult> {
      const memory = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
      const job = { way, times, threads, memory };
      const milliseconds = await lanes.run(Array.from({ length: threads }, () => job));
      return {
        counted: memory[0]!,
        expected: threads * times,
        nsPerCount: (Math.max(...milliseconds) * 1e6) / times,
      };
    },
    close: () => lanes.close(),
  };
}
