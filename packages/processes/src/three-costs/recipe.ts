// Claim      Below a certain size of task, a thread or a process makes the whole slower than plain code: on L free cores
//            below o / (L - 1), where o is the time that L empty tasks take. Above it, it gains.
// Mechanism  L tasks of w ms take L w inline, and o + w on L lanes. A lane that is started for the task pays its start in
//            o, one that is kept the message; computing itself takes the same time everywhere.
// Use when   you wonder whether it is worth it: measure o once where the program is to run, and divide.
// Do not     start a thread or a process for less than this says; keep it, or hand over many small tasks in one message.
// Run        pnpm tsx packages/processes/src/main.ts three-costs

import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../cpu-scaling/recipe.ts';
import work from './work-task.ts';
import type { Done, Work } from './work-task.ts';

const TASK = new URL('./work-task.ts', import.meta.url);

export const MECHANISMS = ['fresh thread', 'fresh process', 'kept thread', 'kept process'] as const;
export type Mechanism = (typeof MECHANISMS)[number];

/** A way to have tasks done: all of them, results in their order. */
export interface Way {
  run(tasks: readonly Work[]): Promise<Done[]>;
  /** Whether the same lanes serve every run. */
  readonly kept: boolean;
  close(): Promise<void>;
}

/** One after another on this thread: async tasks that compute are no more than that. */
export const inline: Way = {
  kept: true,
  run: async (tasks) => tasks.map((task) => work(task)),
  close: async () => {},
};

/** Lanes for so many tasks at once. The fresh ones are started for each run, and ended after it. */
export function openWay(mechanism: Mechanism, lanes: number): Way {
  const open = (count: number) =>
    mechanism.endsWith('thread') ? openThreads<Work, Done>(TASK, count) : openProcesses<Work, Done>(TASK, count);
  if (mechanism.startsWith('kept')) return { ...open(lanes), kept: true };
  return {
    kept: false,
    async run(tasks) {
      const fresh = open(tasks.length);
      try {
        return await fresh.run(tasks);
      } finally {
        await fresh.close();
      }
    },
    close: async () => {},
  };
}

/**
 * The size of a task, in the unit of `overhead`, from which on lanes gain: L w = o + w, solved for w.
 *
 * @param overhead the time of as many empty tasks as there are lanes
 * @param lanes as many as tasks, and as cores
 * @throws RangeError where `lanes` is not an integer from 2 up: one lane never gains
 */
export function breakEven(overhead: number, lanes: number): number {
  if (!Number.isInteger(lanes) || lanes < 2) {
    throw new RangeError(`Expected \`lanes\` to be an integer from 2 up, got ${lanes}`);
  }
  return overhead / (lanes - 1);
}
