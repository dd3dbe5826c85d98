// Claim      Two threads that increment one shared number lose updates with a load and a store, and usually with `++`.
// Mechanism  `++` is a load, an addition and a store. What another thread stores in between is overwritten.
// Use when   threads share numbers: `Atomics.add` for one, a lock for several.
// Do not     trust a run that came out right: on one core `++` often loses nothing.
// Copy       recipe.ts, count-task.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts race

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const COUNTER = 0;
const LOCK = 1; // 0 free, 1 taken

/** Four ways to count on one shared number. They differ by the line that matters. */
export const ways = {
  /** Loses updates, usually: one statement, three steps. */
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

/** What each thread gets. `memory` is shared: the counter, the lock, and how many threads have arrived at the start. */
export interface Job {
  readonly way: Way;
  readonly times: number;
  readonly threads: number;
  readonly memory: Int32Array;
}

/** Lets so many threads count at the same time, `times` each, and returns what the shared number came to. */
export async function race(way: Way, threads: number, times: number): Promise<number> {
  const memory = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  const workerData: Job = { way, times, threads, memory };
  const task = new URL('./count-task.ts', import.meta.url);
  await Promise.all(
    Array.from({ length: threads }, () => once(new Worker(task, { workerData, execArgv: [] }), 'exit')),
  );
  return memory[COUNTER]!;
}
