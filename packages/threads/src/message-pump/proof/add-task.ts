// What a command is compared with: `Atomics.add` in as many threads as there are clients, at the same time.

import { meet, probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { ways } from '../../race/recipe.ts';

export interface AddJob {
  readonly times: number;
  readonly threads: number;
  /** Shared: the counter, a word that is not used, and how many threads have arrived. */
  readonly memory: Int32Array;
}

export default function add({ times, threads, memory }: AddJob): LaneReport {
  meet(memory, 2, threads);
  return probe(() => ways['Atomics.add'](memory, times));
}
