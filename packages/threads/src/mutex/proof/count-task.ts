// What each thread runs: so many counts, each inside a section that is to be entered by one thread at a time. A witness
// beside the lock counts who is inside. Neighbours differ by the lines that let in.

import { meet, Occupancy, OCCUPANCY_WORDS, probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { Mutex } from '../recipe.ts';
import { sharedWords } from '../shared-words.ts';
import type { SharedWords } from '../shared-words.ts';

/** What a thread is told. */
export interface CountJob {
  readonly way: CountWay;
  readonly times: number;
  readonly threads: number;
  readonly memory: SharedWords;
}

// The words of a job: the counter, the lock, two meeting points, the witness.
const COUNTER = 0;
const LOCK = 1;
const START = 2;
const BOTH_SAW_IT_FREE = 3;
const WITNESS = 4;

/** Fresh memory for a job. */
export function countMemory(): SharedWords {
  return sharedWords(WITNESS + OCCUPANCY_WORDS);
}

/** The witness in the memory of a job. */
export function witness(memory: SharedWords): Occupancy {
  return new Occupancy(memory, WITNESS);
}

const ways = {
  /** Lets two in: both see the flag down before either raises it. They meet in between, so that it happens here. */
  flag({ times, threads, memory }: CountJob) {
    const inside = witness(memory);
    for (let n = 0; n < times; n++) {
      while (Atomics.load(memory, LOCK) === 1) Atomics.wait(memory, LOCK, 1);
      if (n === 0) meet(memory, BOTH_SAW_IT_FREE, threads);
      Atomics.store(memory, LOCK, 1);
      inside.enter();
      if (n === 0) meet(memory, BOTH_SAW_IT_FREE, threads);
      memory[COUNTER]!++;
      inside.leave();
      Atomics.store(memory, LOCK, 0);
      Atomics.notify(memory, LOCK);
    }
  },

  /** Lets one in. */
  mutex({ times, memory }: CountJob) {
    const inside = witness(memory);
    const mutex = new Mutex(memory, LOCK);
    for (let n = 0; n < times; n++) {
      mutex.lock();
      inside.enter();
      memory[COUNTER]!++;
      inside.leave();
      mutex.unlock();
    }
  },

  /** The same without the witness, for its cost. */
  'mutex, unwatched'({ times, memory }: CountJob) {
    const mutex = new Mutex(memory, LOCK);
    for (let n = 0; n < times; n++) {
      mutex.lock();
      memory[COUNTER]!++;
      mutex.unlock();
    }
  },

  /** Needs no section. */
  'Atomics.add'({ times, memory }: CountJob) {
    for (let n = 0; n < times; n++) Atomics.add(memory, COUNTER, 1);
  },
};

export type CountWay = keyof typeof ways;

/** Waits until all threads are here, counts, and reports what the counting took. */
export default function count(job: CountJob): LaneReport {
  meet(job.memory, START, job.threads);
  return probe(() => ways[job.way](job));
}
