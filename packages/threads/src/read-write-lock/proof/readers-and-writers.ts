// Readers and writers, run for run: what the claim and its tests look at.

import { within } from '@cookbook/lab/race';
import type { LaneReport } from '@cookbook/lab/task';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import { pairMemory, seen } from './pair-task.ts';
import type { PairJob, PairWay } from './pair-task.ts';

const TIME_LIMIT_MS = 20_000;

export type PairResult = ReturnType<typeof seen> & {
  /** Nanoseconds of CPU time, of all threads together, for each read or write. */
  readonly nsPerAccess: number;
};

/** Starts so many readers and writers that can meet many times over. */
export function openReadersAndWriters(readers: number, writers: number) {
  const lanes = openThreads<PairJob, LaneReport>(new URL('./pair-task.ts', import.meta.url), readers + writers);
  const roles = [...Array<'reader'>(readers).fill('reader'), ...Array<'writer'>(writers).fill('writer')];
  return {
    async run(way: PairWay, times: number): Promise<PairResult> {
      const memory = pairMemory();
      const jobs = roles.map((role) => ({ way, role, times, readers, writers, memory }));
      const reports = await within(lanes.run(jobs), TIME_LIMIT_MS, `the reading and writing under ${way}`);
      const cpu = reports.reduce((sum, report) => sum + report.cpu, 0);
      return { ...seen(memory), nsPerAccess: (cpu * 1e6) / (times * roles.length) };
    },
    close: () => lanes.close(),
  };
}
