// The same requests from one thread and from many, in turn, each in a process of its own.

import { counted, sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import type { Comparison } from '@cookbook/lab/speedup';
import { openServer } from '../../proof/server/index.ts';
import type { TestServer } from '../../proof/server/index.ts';
import { openHost } from './host.ts';
import type { Host } from './host.ts';
import type { How, Report } from './requests-child.ts';

export const AT_ONCE = 16;
const DELAY_MS = 40;
const REQUESTS = 3 * AT_ONCE;

export const NOTES = [
  `${REQUESTS} requests of ${DELAY_MS} ms, ${AT_ONCE} at a time; threads that were started and connected before. Memory: growth of the resident set of a process of its own. A thread loads anew what this recipe needs, undici and what strips the types of TypeScript included.`,
];

export interface Measured {
  /** The most requests in flight at the server. */
  readonly most: Readonly<Record<How, number>>;
  /** Time of the async tasks / time of the threads. */
  readonly pairs: Comparison;
  readonly reports: Readonly<Record<How, readonly Report[]>>;
}

export async function measureRequests(context: Context): Promise<Measured> {
  const { signal } = context;
  await using server = await openServer({ delay: DELAY_MS }, signal);
  const hosts = { tasks: openHost('tasks', AT_ONCE, signal), threads: openHost('threads', AT_ONCE, signal) };
  const reports: Record<How, Report[]> = { tasks: [], threads: [] };
  const order = { origin: server.origin, requests: REQUESTS };
  const run = (how: How) => async (): Promise<number> => {
    const report = await hosts[how].run(order);
    reports[how].push(report);
    return report.wall;
  };
  try {
    for (const host of Object.values(hosts)) await host.run(order); // starts the threads, and makes the connections
    const most = { tasks: await mostInFlight(hosts.tasks, server), threads: await mostInFlight(hosts.threads, server) };
    const pairs = await comparePairs(run('tasks'), run('threads'), { context, pairs: [8, 16], precision: 0.08 });
    return { most, pairs, reports };
  } finally {
    await Promise.all([hosts.tasks.close(), hosts.threads.close()]);
  }
}

/** With answers that take long enough for each of the threads to have had a core meanwhile, on a busy host too. */
async function mostInFlight(host: Host, server: TestServer): Promise<number> {
  await server.reset({ delay: 10 * DELAY_MS });
  await host.run({ origin: server.origin, requests: AT_ONCE });
  const { mostInFlight: most } = await server.counts();
  await server.reset({ delay: DELAY_MS });
  return most;
}

/** `time`, of async tasks on one thread / of threads. */
export function timeFigure({ pairs }: Measured): Figure {
  return ratioFigure('time', 'time: async tasks on one thread / threads', pairs, { most: 1.3 });
}

/** `memory`, for one more thread. */
export function memoryFigure({ reports: { tasks, threads } }: Measured): Figure {
  const perThread = threads.map(({ grown }, index) => (grown - tasks[index]!.grown) / AT_ONCE);
  return sampled('memory', 'memory for one more thread', perThread, 'MiB', { least: 10 });
}

/** `right`: runs that had every document right. */
export function rightFigure({ reports }: Measured): Figure {
  const all = Object.values(reports).flat();
  const right = all.filter((report) => report.right === REQUESTS).length;
  return counted('right', 'runs that had every document right', right, 'runs', { least: all.length });
}

export function costFigures({ reports: { tasks, threads } }: Measured): Figure[] {
  const cpu = tasks.map((report, index) => report.cpu / threads[index]!.cpu);
  return [
    sampled('memory-tasks', 'memory for all async tasks', grownOf(tasks), 'MiB'),
    sampled('memory-threads', 'memory for all threads', grownOf(threads), 'MiB'),
    sampled('cpu', 'CPU time: async tasks / threads', cpu, 'x'),
  ];
}

function grownOf(reports: readonly Report[]): number[] {
  return reports.map(({ grown }) => grown);
}
