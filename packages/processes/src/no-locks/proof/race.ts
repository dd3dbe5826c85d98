// Processes that count at the same time, seen from outside.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { withFolder } from '@cookbook/lab/cleanup';
import { openProcesses } from '../../cpu-scaling/recipe.ts';
import type { Job, Report } from './count-task.ts';
import { createCounter, readCounter } from '../recipe.ts';
import type { Way } from '../recipe.ts';

export interface Race {
  readonly expected: number;
  readonly counted: number;
  /** Microseconds a count, as the slowest process saw it. */
  readonly usPerCount: number;
}

/** Processes that race many times over. */
export function openRace(processes: number) {
  const lanes = openProcesses<Job, Report>(new URL('./count-task.ts', import.meta.url), processes);

  /** Each process counts `times` times. With `victim` one more takes the lock first, and is killed while it holds it. */
  function run(way: Way, times: number, { victim = false } = {}): Promise<Race> {
    return withFolder('no-locks', async (folder) => {
      createCounter(way, folder);
      if (victim) await killHolder(way, folder);
      const jobs = Array.from({ length: processes }, () => ({ way, folder, times }));
      const reports = await lanes.run(jobs);
      const inMemory = reports.reduce((sum, { own }) => sum + own, 0);
      return {
        expected: processes * times,
        counted: way === 'own memory' ? inMemory : readCounter(way, folder),
        usPerCount: (Math.max(...reports.map(({ took }) => took)) * 1_000) / times,
      };
    });
  }
  return { run, close: () => lanes.close() };
}

/** Starts a process that takes the lock; resolves once it has it, and kills it a little later: there is a wait for it. */
async function killHolder(way: Way, folder: string): Promise<void> {
  const child = fork(new URL('./holder-child.ts', import.meta.url), [way, folder], { execArgv: [] });
  await once(child, 'message');
  setTimeout(() => child.kill('SIGKILL'), 50);
}
