// What each thread runs: takes a permit so many times, and a witness counts how many permits are out at once.

import { meet, Occupancy, OCCUPANCY_WORDS } from '@cookbook/lab/task';
import { sharedWords } from '../../mutex/shared-words.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { Semaphore } from '../recipe.ts';

/** What a thread is told. */
export interface PermitsJob {
  readonly times: number;
  readonly permits: number;
  readonly threads: number;
  readonly semaphore: SharedWords;
  /** Two meeting points and the witness. */
  readonly words: SharedWords;
}

const START = 0;
const INSIDE = 1;
const WITNESS = 2;

/** Fresh memory for a job. */
export function permitsMemory(): SharedWords {
  return sharedWords(WITNESS + OCCUPANCY_WORDS);
}

/** The witness in the memory of a job. */
export function permitsOut(words: SharedWords): Occupancy {
  return new Occupancy(words, WITNESS);
}

export default function takePermits({ times, permits, threads, semaphore, words }: PermitsJob): void {
  const out = permitsOut(words);
  const turns = new Semaphore(semaphore);
  meet(words, START, threads);
  for (let n = 0; n < times; n++) {
    turns.withPermit(() => {
      out.enter();
      // The first ones inside wait for one another: as many as there are permits do get in, on one core too.
      if (Atomics.load(words, INSIDE) < permits) meet(words, INSIDE, permits, 1_000);
      out.leave();
    });
  }
}
