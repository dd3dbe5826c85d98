// A loop under a lock, with a `finally` that gives the lock back.

import { parentPort, workerData } from 'node:worker_threads';
import { Mutex } from '../mutex/recipe.ts';
import type { SharedWords } from '../mutex/shared-words.ts';
import { CLEANED_UP, LOCK, LOOPING, PROGRESS, STOP } from './recipe.ts';

const { memory, ignoresStop } = workerData as { memory: SharedWords; ignoresStop: boolean };
const mutex = new Mutex(memory, LOCK);

mutex.lock();
try {
  Atomics.store(memory, PROGRESS, LOOPING);
  parentPort!.postMessage('looping');
  for (;;) if (!ignoresStop && Atomics.load(memory, STOP) === 1) break;
} finally {
  mutex.unlock();
  Atomics.store(memory, PROGRESS, CLEANED_UP);
}
