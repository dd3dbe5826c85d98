// The threads of libuv's pool as Linux sees them from outside: the CPU time of each, and its time in the queue for a core.

import { readdirSync, readFileSync } from 'node:fs';

export interface PoolThread {
  /** The thread's number. */
  readonly id: string;
  /** ms since it began */
  readonly cpu: number;
  /** ms for which it could have run but had no core */
  readonly waited: number;
}

/** Empty where they cannot be read: no /proc, or a Node whose pool threads have no name of their own. */
export function readPoolThreads(): PoolThread[] {
  try {
    return readdirSync('/proc/self/task').flatMap((id) => {
      if (readFileSync(`/proc/self/task/${id}/comm`, 'latin1').trim() !== 'libuv-worker') return [];
      const [cpu, waited] = readFileSync(`/proc/self/task/${id}/schedstat`, 'latin1').split(' ').map(Number);
      return [{ id, cpu: cpu! / 1e6, waited: waited! / 1e6 }];
    });
  } catch {
    return [];
  }
}
