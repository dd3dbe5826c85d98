// What each thread runs: it moves money from its own account to the other one, under the locks of both.

import { workerData } from 'node:worker_threads';
import { meet } from '@cookbook/lab/task';
import { Mutex } from '../../mutex/recipe.ts';
import { ways, withBoth } from '../recipe.ts';
import type { Lock } from '../recipe.ts';
import { ACCOUNTS, BACKED_OFF, DONE, LOCKS, MEETING } from './transfers.ts';
import type { Job } from './transfers.ts';

const { way, own, times, memory } = workerData as Job;
const other = 1 - own;
const locks: Lock[] = [new Mutex(memory, LOCKS), new Mutex(memory, LOCKS + 1)];

// The first time the threads meet when each has its own lock, so that the other's is not free. In one order only one of
// them ever comes so far.
let alone = way !== 'one order';
let isTaking = false;
const plain = locks[own]!;
locks[own] = {
  lock() {
    plain.lock();
    if (alone) meet(memory, MEETING, 2);
    alone = false;
  },
  tryLock: (timeLimit) => plain.tryLock(timeLimit),
  unlock() {
    plain.unlock();
    if (isTaking) Atomics.add(memory, BACKED_OFF, 1);
  },
};

for (let n = 0; n < times; n++) {
  isTaking = true;
  withBoth(ways[way], locks, own, other, () => {
    isTaking = false;
    memory[ACCOUNTS + own]!--;
    memory[ACCOUNTS + other]!++;
    Atomics.add(memory, DONE, 1);
  });
}
