// Threads that enter one section at the same time, run for run: what the proofs of the locks and their tests look at.

import { within } from '@cookbook/lab/race';
import type { LaneReport } from '@cookbook/lab/task';
import { openThreads } from '../cpu-scaling/recipe.ts';
import { sharedWords } from '../mutex/shared-words.ts';
import type { SharedWords } from '../mutex/shared-words.ts';
import { OWN_WORDS, witnessOf } from './start-together.ts';
import type { Job } from './start-together.ts';

/** A thread that sleeps for a lock that is never given back would be awaited for ever. */
const TIME_LIMIT_MS = 20_000;

/** What a run left behind. */
export interface Run<Report> {
  readonly memory: SharedWords;
  /** How many threads entered while another was inside, and the most that were inside at once. */
  readonly overlaps: number;
  readonly most: number;
  readonly reports: readonly Report[];
}

/** Threads that can run together many times over. */
export interface Together<Way extends string, Own, Report> {
  /** Runs every thread once, over fresh memory. @throws Error where that takes more than 20 s, and what a thread throws */
  run(way: Way, times: number, own: Own): Promise<Run<Report>>;
  close(): Promise<void>;
}

/**
 * Starts `threads` threads.
 *
 * @param task a module whose default export is made by `startTogether`
 * @param words that the task lays out for itself, from `OWN_WORDS` on
 */
export function openTogether<Way extends string, Own = void, Report = LaneReport>(
  task: URL,
  threads: number,
  words: number,
): Together<Way, Own, Report> {
  const lanes = openThreads<Job<Way, Own>, Report>(task, threads);
  return {
    async run(way, times, own) {
      const memory = sharedWords(OWN_WORDS + words);
      const jobs = Array.from({ length: threads }, (_, index) => ({ way, times, index, threads, memory, own }));
      const reports = await within(lanes.run(jobs), TIME_LIMIT_MS, `${threads} threads under '${way}'`);
      const { overlaps, most } = witnessOf(memory);
      return { memory, overlaps, most, reports };
    },
    close: () => lanes.close(),
  };
}

/** CPU time of all threads together, ms. */
export function cpuOf({ reports }: Run<LaneReport>): number {
  return reports.reduce((sum, { cpu }) => sum + cpu, 0);
}

/** From the first thread's start to the last one's end, ms. */
export function wallOf({ reports }: Run<LaneReport>): number {
  return Math.max(...reports.map(({ ended }) => ended)) - Math.min(...reports.map(({ started }) => started));
}
