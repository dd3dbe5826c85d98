// Threads that nest their sections, and a holder that asks a plain mutex again.

import { openTogether } from '../../proof/run-together.ts';
import { Mutex, MUTEX_WORDS } from '../../mutex/recipe.ts';
import { sharedWords } from '../../mutex/shared-words.ts';
import { COUNTER, DEPTH, NESTED_WORDS } from './nested-task.ts';

/** What the threads left behind. */
export interface Nested {
  /** How often the lock was taken, the inner ones included. */
  readonly taken: number;
  /** How many entered while another thread was inside. */
  readonly overlaps: number;
  readonly lost: number;
}

/** Lets threads enter so many times each, three deep. */
export async function nest(threads: number, times: number): Promise<Nested> {
  const together = openTogether<'nested'>(new URL('./nested-task.ts', import.meta.url), threads, NESTED_WORDS);
  try {
    const { memory, overlaps } = await together.run('nested', times);
    const taken = DEPTH * threads * times;
    return { taken, overlaps, lost: taken - memory[COUNTER]! };
  } finally {
    await together.close();
  }
}

/** A mutex that has its holder wait would have it wait for ever. */
const TRY_MS = 20;

/** Asks a plain mutex, held by this thread, for itself so many times; returns how often it refused. */
export function refusals(times: number): number {
  const mutex = new Mutex(sharedWords(MUTEX_WORDS));
  mutex.lock();
  let refused = 0;
  for (let n = 0; n < times; n++) {
    try {
      mutex.tryLock(TRY_MS);
    } catch {
      refused++;
    }
  }
  return refused;
}
