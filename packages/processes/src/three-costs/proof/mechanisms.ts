// Threads and processes, kept or started for each run, and plain code: ways of doing the same tasks.

import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../../cpu-scaling/recipe.ts';
import { startedForEachRun } from '../recipe.ts';
import type { Lanes } from '../recipe.ts';
import work from './work-task.ts';
import type { Done, Work } from './work-task.ts';

const TASK = new URL('./work-task.ts', import.meta.url);

export const MECHANISMS = ['fresh thread', 'fresh process', 'kept thread', 'kept process'] as const;
export type Mechanism = (typeof MECHANISMS)[number];

export interface WorkLanes extends Lanes<Work, Done> {
  /** Whether the same lanes serve every run. */
  readonly kept: boolean;
}

/** One task after another on this thread: async tasks that compute are no more than that. */
export const inline: WorkLanes = {
  kept: true,
  run: async (tasks) => tasks.map((task) => work(task)),
  close: async () => {},
};

/** Opens lanes for so many tasks at once. */
export function openWorkLanes(mechanism: Mechanism, count: number): WorkLanes {
  const open = (lanes: number): Lanes<Work, Done> =>
    mechanism.endsWith('thread') ? openThreads(TASK, lanes) : openProcesses(TASK, lanes);
  return mechanism.startsWith('kept') ? { ...open(count), kept: true } : { ...startedForEachRun(open), kept: false };
}
