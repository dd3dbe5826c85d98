// What each thread runs: so many tasks at once, each of which enters again and again. A witness in shared memory counts
// those inside.

import type { Occupancy } from '@cookbook/lab/task';
import { MUTEX_WORDS } from '../../mutex/recipe.ts';
import { meetAtStart, OWN_WORDS, witnessOf } from '../../proof/start-together.ts';
import type { Job } from '../../proof/start-together.ts';
import { ways } from '../recipe.ts';
import type { Way } from '../recipe.ts';

/** What a thread needs besides. */
export interface Tasks {
  readonly tasks: number;
}

const LOCK = OWN_WORDS;
/** The words above. */
export const ENTER_WORDS: number = MUTEX_WORDS;

export default async function enter(job: Job<Way, Tasks>): Promise<void> {
  const { way, times, memory, own } = job;
  const exclusive = way === 'navigator.locks' ? ways[way]('the section') : ways[way](memory, LOCK);
  const witness = witnessOf(memory);
  const task = async (): Promise<void> => {
    for (let n = 0; n < times; n++) await exclusive(() => stay(witness));
  };
  meetAtStart(job);
  await Promise.all(Array.from({ length: own.tasks }, task));
}

/** Inside for one turn of the promises: long enough for another task, or another thread, to come in. */
async function stay(witness: Occupancy): Promise<void> {
  witness.enter();
  await Promise.resolve();
  witness.leave();
}
