// Threads against processes: the speedups that both reach, and what one more of each takes.

import { sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { forkLanes, measureParallel, workerLanes } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { startProcess } from '../recipe.ts';
import type { Cost, Costs } from './start-costs-task.ts';

export const LANES = Math.max(2, usableCores());
const STARTED = 5;

/** Both speedups, and the threads' as a share of the processes', trial for trial. */
export async function compareSpeedups(context: Context) {
  const options = { lanes: LANES, unit: calibrate(), context, trials: [5, 8] as const };
  const threads = await measureParallel({ ...options, open: (count) => workerLanes(count) });
  const processes = await measureParallel({ ...options, open: (count) => forkLanes(count) });
  return { threads, processes, reached: ratios(shares(threads), shares(processes)) };
}

/** What one more thread takes against one more process: `judged` are the ratios, the others the quantities themselves. */
export async function compareStarts(signal: AbortSignal): Promise<{ judged: Figure[]; others: Figure[] }> {
  const module = new URL('./start-costs-task.ts', import.meta.url);
  const { message: costs, stop } = await startProcess<Costs>(module, [String(STARTED)], { signal });
  await stop();
  const ratio = (field: keyof Cost): number[] => ratios(pick(costs.thread, field), pick(costs.process, field));
  const less = { most: 0.9 };
  return {
    judged: [
      sampled('start-cpu', 'CPU time of a start, thread / process', ratio('cpu'), 'x', less),
      sampled('memory', 'memory of one more, thread / process', ratio('memory'), 'x', less),
    ],
    others: (['thread', 'process'] as const).flatMap((kind) => [
      sampled(`${kind}-start`, `start to first message, ${kind}`, pick(costs[kind], 'startUp'), 'ms'),
      sampled(`${kind}-memory`, `memory of one more, ${kind}`, pick(costs[kind], 'memory'), 'MiB'),
    ]),
  };
}

/** How the memory of several processes is counted on this system. */
export const MEMORY_NOTE =
  process.platform === 'linux'
    ? 'Memory: proportional set size of all processes together, pages that they share counted once.'
    : 'Memory: resident set size of all processes together, shared pages counted in each.';

/** The speedups of the trials, each as a share of what the host allowed at that moment. */
function shares({ trials }: Speedup): number[] {
  return trials.map(({ potential, observed, ceiling }) => (potential ?? observed) / ceiling);
}

function ratios(a: readonly number[], b: readonly number[]): number[] {
  return a.slice(0, b.length).map((share, trial) => share / b[trial]!);
}

function pick(costs: readonly Cost[], field: keyof Cost): number[] {
  return costs.map((cost) => cost[field]);
}
