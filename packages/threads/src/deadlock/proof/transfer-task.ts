// What each thread runs. Neighbours differ by the order of the locks, and by what is done when the second is not free.

import { workerData } from 'node:worker_threads';
import { meet } from '@cookbook/lab/task';
import { Mutex } from '../../mutex/recipe.ts';
import { sharedWords } from '../../mutex/shared-words.ts';
import { ACCOUNTS, BACKED_OFF, DONE, LOCKS, MEETING } from '../recipe.ts';
import type { Job } from '../recipe.ts';

const { way, who, times, memory } = workerData as Job;
const locks = [new Mutex(memory, LOCKS), new Mutex(memory, LOCKS + 1)] as const;
const mine = locks[who];
const others = locks[1 - who]!;

const take = {
  /** Stops for good as soon as both hold their first lock: made certain by meeting there. */
  'opposite order'(n: number) {
    mine.lock();
    if (n === 0) meet(memory, MEETING, 2);
    others.lock();
  },

  /** Lets go of the first lock where the second is not free. The first time they meet, so that it is not. */
  'back off'(n: number) {
    for (let attempt = 0; ; attempt++) {
      mine.lock();
      if (n === 0 && attempt === 0) meet(memory, MEETING, 2);
      if (others.tryLock()) return;
      mine.unlock();
      Atomics.add(memory, BACKED_OFF, 1);
      sleepAtRandom();
    }
  },

  /** The same order for everybody: costs nothing. */
  'one order'() {
    locks[0].lock();
    locks[1].lock();
  },
};

const nobodyWakes = sharedWords(1);

/** Up to 1 ms: two threads that back off for the same time come back at the same time. */
function sleepAtRandom(): void {
  Atomics.wait(nobodyWakes, 0, 0, Math.random());
}

for (let n = 0; n < times; n++) {
  take[way](n);
  try {
    memory[ACCOUNTS + who]!--;
    memory[ACCOUNTS + 1 - who]!++;
    Atomics.add(memory, DONE, 1);
  } finally {
    others.unlock();
    mine.unlock();
  }
}
