// What each thread runs: so many tasks at once, each of which enters so many times.

import { meet, Occupancy, OCCUPANCY_WORDS } from '@cookbook/lab/task';
import { MUTEX_WORDS } from '../../mutex/recipe.ts';
import { sharedWords } from '../../mutex/shared-words.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { ways } from '../recipe.ts';
import type { Way } from '../recipe.ts';

/** What a thread is told. */
export interface EnterJob {
  readonly way: Way;
  readonly times: number;
  readonly tasks: number;
  readonly threads: number;
  readonly memory: SharedWords;
}

// The words: the lock, a meeting point, the witness.
const START = MUTEX_WORDS;
const WITNESS = START + 1;

/** Fresh memory for a job. */
export function enterMemory(): SharedWords {
  return sharedWords(WITNESS + OCCUPANCY_WORDS);
}

/** The witness in the memory of a job. */
export function witness(memory: SharedWords): Occupancy {
  return new Occupancy(memory, WITNESS);
}

export default async function enter({ way, times, tasks, threads, memory }: EnterJob): Promise<void> {
  meet(memory, START, threads);
  await Promise.all(Array.from({ length: tasks }, () => ways[way](times, witness(memory), memory)));
}
