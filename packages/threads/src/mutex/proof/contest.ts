// Threads that count against one another, run for run: what the claim and its tests look at.

import { within } from '@cookbook/lab/race';
import type { LaneReport } from '@cookbook/lab/task';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import { countMemory, witness } from './count-task.ts';
import type { CountJob, CountWay } from './count-task.ts';

/** A thread that sleeps for a lock nobody gives back would be awaited for ever. */
const TIME_LIMIT_MS = 20_000;

export interface Contest {
  readonly counted: number;
  readonly expected: number;
  /** How many entered while somebody else was inside, and the most that were inside. */
  readonly overlaps: number;
  readonly most: number;
  /** Nanoseconds of CPU time, of all threads together, for each count. */
  readonly nsPerCount: number;
}

/** Starts `threads` threads that can count together many times over. */
export function openContest(threads: number) {
  const lanes = openThreads<CountJob, LaneReport>(new URL('./count-task.ts', import.meta.url), threads);
  return {
    async run(way: CountWay, times: number): Promise<Contest> {
      const memory = countMemory();
      const jobs = Array.from({ length: threads }, () => ({ way, times, threads, memory }));
      const reports = await within(lanes.run(jobs), TIME_LIMIT_MS, `the counting by ${way}`);
      const { overlaps, most } = witness(memory);
      const cpu = reports.reduce((sum, report) => sum + report.cpu, 0);
      const expected = threads * times;
      return { counted: memory[0]!, expected, overlaps, most, nsPerCount: (cpu * 1e6) / expected };
    },
    close: () => lanes.close(),
  };
}
