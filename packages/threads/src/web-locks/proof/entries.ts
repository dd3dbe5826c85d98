// Threads and tasks that enter one section, run for run: what the claim and its tests look at.

import { within } from '@cookbook/lab/race';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import { enterMemory, witness } from './enter-task.ts';
import type { EnterJob } from './enter-task.ts';
import type { Way } from '../recipe.ts';

const TIME_LIMIT_MS = 20_000;

/** Starts `threads` threads that can enter many times over, each with so many tasks at once. */
export function openEntries(threads: number, tasks: number) {
  const lanes = openThreads<EnterJob, void>(new URL('./enter-task.ts', import.meta.url), threads);
  return {
    /** How many of `threads * tasks * times` entries found somebody else inside. */
    async run(way: Way, times: number): Promise<number> {
      const memory = enterMemory();
      const job = { way, times, tasks, threads, memory };
      const jobs = Array.from({ length: threads }, () => job);
      await within(lanes.run(jobs), TIME_LIMIT_MS, `the entries by ${way}`);
      return witness(memory).overlaps;
    },
    close: () => lanes.close(),
  };
}
