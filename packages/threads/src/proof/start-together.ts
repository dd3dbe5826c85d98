// What the threads of a proof share, and how they begin: all of them at the same time, inside the probe.

import { meet, Occupancy, OCCUPANCY_WORDS, probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import type { SharedWords } from '../mutex/shared-words.ts';

// The first words of a run's memory: where the threads meet, and the witness. The others belong to the task.
const START = 0;
const WITNESS = 1;

/** The first word that a task has for itself. */
export const OWN_WORDS = WITNESS + OCCUPANCY_WORDS;

/** What each thread is sent: what to do, how often, and in `own` whatever else its task needs. */
export interface Job<Way extends string, Own = void> {
  readonly way: Way;
  readonly times: number;
  /** The number of this thread, from 0, and how many there are. */
  readonly index: number;
  readonly threads: number;
  readonly memory: SharedWords;
  readonly own: Own;
}

/** The witness of a run: it counts how many threads are inside the section at once, whatever the lock does. */
export function witnessOf(memory: SharedWords): Occupancy {
  return new Occupancy(memory, WITNESS);
}

/** Waits until all threads of the run are here. */
export function meetAtStart({ memory, threads }: Pick<Job<string>, 'memory' | 'threads'>): void {
  meet(memory, START, threads);
}

/** A task for `openTogether`: each thread does what its job names, and reports what that took. */
export function startTogether<Way extends string, Own>(ways: Readonly<Record<Way, (job: Job<Way, Own>) => void>>) {
  return (job: Job<Way, Own>): LaneReport => {
    meetAtStart(job);
    return probe(() => ways[job.way](job));
  };
}
