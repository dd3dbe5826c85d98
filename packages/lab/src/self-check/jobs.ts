// Jobs whose nature is known.

import { asyncLanes, forkLanes, unitTask, workerLanes } from '../speedup/lane.ts';
import type { OpenLanes } from '../speedup/lane.ts';
import type { KernelName } from '../task/workload.ts';
import { boundBy } from './bound-task.ts';
import type { Bound } from './bound-task.ts';
import { locking } from './locked-task.ts';
import type { Locking } from './locked-task.ts';

/** A job, and whether its lanes do run in parallel; 'on the bound' where both answers are right, and to abstain is best. */
export interface Job {
  readonly name: string;
  readonly parallel: boolean | 'on the bound';
  readonly kernel: KernelName;
  readonly open: OpenLanes;
}

export const JOBS: readonly Job[] = [
  job('worker threads', true, (count) => workerLanes(count)),
  { ...job('worker threads, other kernel', true, (count) => workerLanes(count)), kernel: 'collatz' },
  job('forked processes', true, (count) => forkLanes(count)),
  job('async tasks', false, (count) => asyncLanes(count, unitTask)),
  job('a pool of one thread', false, () => workerLanes(1)),
  locked('a mutex around everything', { share: 1 }),
  locked('a mutex, sections of 1 ms', { share: 1, sections: '1 ms' }),
  locked('a mutex, sections of 50 us', { share: 1, sections: '50 us' }),
  locked('two thirds of it under a mutex', { share: 2 / 3 }),
  locked('half of it under a mutex', { share: 1 / 2 }),
  { ...locked('a third of it under a mutex', { share: 1 / 3 }), parallel: 'on the bound' }, // Amdahl: 1.50x
  locked('a spin lock', { share: 1, spins: true }),
  locked('half of it under a spin lock', { share: 1 / 2, spins: true }),
  bound('a barrier every millisecond', 'barrier'),
  bound('bound by memory', 'memory'),
  bound('bound by garbage', 'garbage'),
];

function job(name: string, parallel: boolean, open: OpenLanes): Job {
  return { name, parallel, kernel: 'primes', open };
}

function locked(name: string, options: Omit<Locking, 'lock'>): Job {
  const task = new URL('./locked-task.ts', import.meta.url);
  return job(name, false, (count) => workerLanes(count, task, locking(options)));
}

function bound(name: string, by: Bound['by']): Job {
  const task = new URL('./bound-task.ts', import.meta.url);
  return job(name, true, (count) => workerLanes(count, task, boundBy(by, count)));
}
