// The pipeline as the lab's lanes: one lane is async alone, several are threads, with async for the downloads or without.
// So the speedup is that over async alone, downloads and all.

import type { OpenLanes } from '@cookbook/lab/speedup';
import { calibrate, now, waitingTime } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import type { Archive } from './archive.ts';
import {
  downloading,
  Held,
  openFetchers,
  openReportingScorers,
  scoringHere,
  scoringOnThreads,
  taskOf,
} from './strategies.ts';
import { pipeline } from '../recipe.ts';

/** A unit of the lab stands for as many documents as take its time. */
function documentsOf({ repeats }: Unit, perDocument: Unit): number {
  return Math.max(1, Math.round(repeats / perDocument.repeats));
}

/** Units that stand for so many documents, each of about so many ms. */
export function unitOf(documents: number, documentMs: number): { unit: Unit; perDocument: Unit } {
  const perDocument = calibrate('primes', documentMs);
  return { perDocument, unit: { ...perDocument, repeats: perDocument.repeats * documents } };
}

export interface LanesOptions {
  readonly archive: Archive;
  readonly limit: number;
  /** ms from a request to its answer. */
  readonly firstWait: number;
  readonly perDocument: Unit;
  /** What several lanes are; one lane is async alone in either case. */
  readonly several: 'async and threads' | 'threads alone';
}

interface Running {
  run(numbers: readonly number[]): Promise<LaneReport[]>;
  close(): Promise<void>;
}

export function pipelineLanes({ archive, limit, firstWait, perDocument, several }: LanesOptions): OpenLanes {
  return (count) => {
    const running =
      count === 1
        ? asyncAlone(archive, limit, firstWait)
        : several === 'threads alone'
          ? threadsAlone(archive, count)
          : asyncAndThreads(archive, limit, count);
    return {
      run(units) {
        const documents = units.reduce((sum, unit) => sum + documentsOf(unit, perDocument), 0);
        return running.run(Array.from({ length: documents }, (_, number) => number));
      },
      close: () => running.close(),
    };
  };
}

/**
 * Async alone, with the wait for its first download counted as its time: nothing can be computed before. It is
 * no longer than this thread was idle, so that async alone is never made slower than it was.
 */
function withFirstWait(report: LaneReport, firstWait: number): LaneReport {
  const idle = report.ended - report.started - report.cpu - (report.waited ?? 0);
  return { ...report, cpu: report.cpu + Math.max(0, Math.min(firstWait, idle)) };
}

function asyncAlone(archive: Archive, limit: number, firstWait: number): Running {
  return {
    async run(numbers) {
      const held = new Held();
      const whole = watchThisThread();
      await pipeline(numbers, { download: downloading(archive, held), compute: scoringHere(held), limit });
      return [withFirstWait(whole(), firstWait)];
    },
    close: async () => {},
  };
}

function threadsAlone(archive: Archive, threads: number): Running {
  const fetchers = openFetchers(threads);
  return {
    async run(numbers) {
      const reports = await fetchers.run(numbers.map((number) => taskOf(archive, number)));
      return reports.map(({ report }) => report);
    },
    close: () => fetchers.close(),
  };
}

function asyncAndThreads(archive: Archive, limit: number, threads: number): Running {
  const scorers = openReportingScorers(threads);
  return {
    async run(numbers) {
      const held = new Held();
      const score = scoringOnThreads(scorers, held);
      const compute = async (packed: ArrayBuffer): Promise<LaneReport> => {
        const waitedAtStart = waitingTime() ?? 0;
        const { report } = await score(packed);
        return untilHere(report, (waitingTime() ?? 0) - waitedAtStart);
      };
      const whole = watchThisThread();
      const reports = await pipeline(numbers, { download: downloading(archive, held), compute, limit });
      const { lane, started, cpu } = whole();
      // This thread does the downloads of all lanes. For its CPU time it cannot have been quicker.
      return [...reports, { lane, started, ended: started + cpu, cpu, waited: 0, waitedBefore: 0 }];
    },
    close: () => scorers.close(),
  };
}

/** Between two documents a thread waits for this one, which may have had no core: the lab takes that off, up to the gap. */
function untilHere(report: LaneReport, waitedHere: number): LaneReport {
  if (report.waited === undefined) return report;
  return { ...report, waitedBefore: (report.waitedBefore ?? 0) + waitedHere };
}

/** Starts to watch this thread. The function that it returns reports all of it since. */
function watchThisThread(): () => LaneReport {
  const waitedAtStart = waitingTime();
  const cpuAtStart = process.threadCpuUsage();
  const started = now();
  return () => {
    const { user, system } = process.threadCpuUsage(cpuAtStart);
    const waited = waitingTime();
    return {
      lane: 'the thread of the downloads',
      started,
      ended: now(),
      cpu: (user + system) / 1_000,
      waited: waited === undefined || waitedAtStart === undefined ? undefined : waited - waitedAtStart,
      waitedBefore: 0,
    };
  };
}
