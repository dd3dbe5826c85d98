// One task module on this thread, in worker threads or in forked processes: results that are to be the same are compared.

import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../cpu-scaling/recipe.ts';
import type { Processes } from '../cpu-scaling/recipe.ts';

export type Place = 'inline' | 'thread' | 'process';

/** Opens `count` threads or processes for the module `task`. Inline, its tasks take turns on this thread. */
export async function openIn<Input extends object, Output>(
  place: Place,
  task: URL,
  count: number,
): Promise<Processes<Input, Output>> {
  if (place === 'thread') return openThreads(task, count);
  if (place === 'process') return openProcesses(task, count, 'advanced');
  const { default: run } = (await import(task.href)) as { default: (input: Input) => Output };
  return { run: async (inputs) => inputs.map((input) => run(input)), close: async () => {} };
}
