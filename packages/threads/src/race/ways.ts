// What each thread runs: one way of counting, so many times. Neighbours differ by the line that matters.

import type { Job } from './recipe.ts';

const COUNTER = 0;
const LOCK = 1; // 0 free, 1 taken
const ARRIVED = 2;

const ways = {
  /** Loses updates, mostly: one statement, three steps. */
  '++'(memory: Int32Array, times: number) {
    for (let n = 0; n < times; n++) memory[COUNTER]!++;
  },

  /** Loses updates on every machine: each step is atomic, the two together are not. */
  'load and store'(memory: Int32Array, times: number) {
    for (let n = 0; n < times; n++) Atomics.store(memory, COUNTER, Atomics.load(memory, COUNTER) + 1);
  },

  /** Loses none: one indivisible step. */
  'Atomics.add'(memory: Int32Array, times: number) {
    for (let n = 0; n < times; n++) Atomics.add(memory, COUNTER, 1);
  },

  /** Loses none, and may protect more than one number. */
  lock(memory: Int32Array, times: number) {
    for (let n = 0; n < times; n++) {
      while (Atomics.compareExchange(memory, LOCK, 0, 1) !== 0) Atomics.wait(memory, LOCK, 1);
      memory[COUNTER]!++;
      Atomics.store(memory, LOCK, 0);
      Atomics.notify(memory, LOCK, 1);
    }
  },
};

export type Way = keyof typeof ways;

/** Waits until all threads have arrived, counts, and returns the ms that the counting took. */
export default function count({ way, times, threads, memory }: Job): number {
  if (Atomics.add(memory, ARRIVED, 1) === threads - 1) Atomics.notify(memory, ARRIVED);
  for (let here; (here = Atomics.load(memory, ARRIVED)) < threads;) Atomics.wait(memory, ARRIVED, here);

  const start = performance.now();
  ways[way](memory, times);
  return performance.now() - start;
}
