// libuv's pool as lanes of the lab: which of its threads worked, from when to when, and for how much CPU time.

import type { Lanes } from '@cookbook/lab/speedup';
import { now, waitingTime } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { readPoolThreads } from './pool-threads.ts';
import type { PoolThread } from './pool-threads.ts';

/** CPU time from which on a thread has worked, and within which its last reading counts as final, ms. */
const NOTICEABLE_MS = 0.5;

/** What the pool looked like when a job was done. */
interface Snapshot {
  readonly at: number;
  readonly threads: readonly PoolThread[];
}

/** Lanes that do a job for every unit: all of them at once, or the next one when the last is done. */
export function libuvLanes(job: () => Promise<void>, how: 'at once' | 'one at a time'): Lanes {
  return {
    async run(units) {
      const cpuAtStart = process.cpuUsage();
      const before = readPoolThreads();
      const started = now();
      const done: Snapshot[] = [];
      let waitedBefore = waitingTime() ?? 0;
      const runOne = async (): Promise<void> => {
        await job();
        const waited = waitingTime() ?? 0;
        // This thread, too, may have had to wait for a core before it learnt of the end.
        done.push({ at: now() - (waited - waitedBefore), threads: readPoolThreads() });
        waitedBefore = waited;
      };
      if (how === 'at once') await Promise.all(units.map(runOne));
      else for (const _ of units) await runOne();

      const { user, system } = process.cpuUsage(cpuAtStart);
      const reports = reportsOf(before, done, started);
      return reports.length > 0 ? reports : reportsOfJobs(done, started, (user + system) / 1_000);
    },
    async close() {},
  };
}

/** A report for each thread that worked. It ended when its CPU time had reached its final value. */
function reportsOf(before: readonly PoolThread[], done: readonly Snapshot[], started: number): LaneReport[] {
  const last = done.at(-1)!;
  return last.threads.flatMap((thread) => {
    const { id } = thread;
    const atStart = find(before, id) ?? { cpu: 0, waited: 0 };
    const cpu = thread.cpu - atStart.cpu;
    if (cpu < NOTICEABLE_MS) return [];
    const ended = done.find(({ threads }) => (find(threads, id)?.cpu ?? 0) > thread.cpu - NOTICEABLE_MS)!.at;
    return [{ lane: id, started, ended, cpu, waited: thread.waited - atStart.waited, waitedBefore: 0 }];
  });
}

function find(threads: readonly PoolThread[], id: string): PoolThread | undefined {
  return threads.find((thread) => thread.id === id);
}

/** Where the threads cannot be seen: a report for each job, with its share of the CPU time of the process. */
function reportsOfJobs(done: readonly Snapshot[], started: number, cpu: number): LaneReport[] {
  return done.map(({ at }, index) => ({
    lane: `job ${index}`,
    started,
    ended: at,
    cpu: cpu / done.length,
    waited: undefined,
    waitedBefore: undefined,
  }));
}
