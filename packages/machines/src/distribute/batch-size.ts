// How many inputs a job has.

import { MOST_OUTPUT_BYTES } from '../queue/limits.ts';
import type { BatchResult } from '../queue/payload.ts';

export interface BatchSize {
  /** Inputs of the next job. */
  next(): number;
  /** What a job took. */
  note(result: BatchResult): void;
}

/** A job's work is at least so many times what it costs to hand it over. */
const WORK_PER_OVERHEAD = 20;
/** More of them than that for each lane: the last ones to end leave the others idle for at most a quarter. */
const JOBS_PER_LANE = 4;
/** ms of work that a job has at most, as far as that is known: so much is done again where its worker is lost. */
const MOST_WORK_MS = 2_000;
/** So many jobs are looked back upon. */
const WINDOW = 32;

/**
 * Sizes jobs by what those before them took. The first have one input each.
 *
 * Overhead is the pause of a lane between two jobs: the result sent and kept, the next job fetched and brought to the lane.
 * Lanes that have nothing to do pause longer, so that the lower quartile of the pauses is taken.
 *
 * @param total how many inputs there are, undefined where that is not known
 */
export function automaticSize(total: number | undefined): BatchSize {
  const recent: BatchResult[] = [];
  const workers = new Map<string, number>();
  let size = 1;
  return {
    next: () => size,
    note(result) {
      recent.push(result);
      if (recent.length > WINDOW) recent.shift();
      workers.set(result.worker, result.lanes);
      const gaps = recent.flatMap(({ gap }) => gap ?? []).toSorted((a, b) => a - b);
      if (gaps.length === 0) return;
      const sum = (of: (result: BatchResult) => number): number =>
        recent.reduce((total_, each) => total_ + of(each), 0);
      const inputs = sum(({ outcomes }) => outcomes.length);
      const work = Math.max(sum((each) => each.work) / inputs, 1e-3);
      const lanes = [...workers.values()].reduce((all, own) => all + own, 0);
      const most = Math.min(
        MOST_WORK_MS / work,
        (MOST_OUTPUT_BYTES * inputs) /
          Math.max(
            1,
            sum(({ bytes }) => bytes),
          ),
        (total ?? Infinity) / (JOBS_PER_LANE * lanes),
        2 * size, // what is known of few is not believed of many
      );
      const wanted = (WORK_PER_OVERHEAD * gaps[Math.floor(gaps.length / 4)]!) / work;
      size = Math.max(1, Math.floor(Math.min(Math.ceil(wanted), most)));
    },
  };
}

/** The same size for every job. */
export function fixedSize(size: number): BatchSize {
  return { next: () => size, note() {} };
}
