// Tasks that wait and tasks that compute, on one thread and on two: how many were under way at once, how much of the
// thread's CPU they took, and how much was gained.

import { atOnce, intervals, sampled } from '@cookbook/lab/claim';
import type { Bound, Context, Finding } from '@cookbook/lab/claim';
import { measureParallel, measureSerial, unitTask } from '@cookbook/lab/speedup';
import type { Lanes, Speedup } from '@cookbook/lab/speedup';
import { now, probe, runUnit, UNIT_MS, waitingTime } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { computeOnOneThread, mostAtOnce, openThreads, waitOnOneThread } from '../recipe.ts';
import type { Span } from '../recipe.ts';

export const TASKS = 6;
export const THREADS = 2;
const ROUNDS = 3;
const MOST_TRIES = 8;

/** Tasks that were watched from the first start to the last end. */
interface Watched {
  readonly spans: readonly Span[];
  /** CPU time of this thread / the time for which it had a core or needed none, %. */
  readonly share: number;
}

/** The runs of each kind of task. */
export interface Overlap {
  readonly waiting: readonly Watched[];
  readonly computing: readonly Watched[];
  readonly onThreads: readonly Watched[];
}

const compute = (unit: Unit): LaneReport => probe(() => runUnit(unit));
const openUnitThreads = (threads: number): Lanes => openThreads<Unit, LaneReport>(unitTask, threads);
const openTasks = (): Lanes => ({ run: (units) => computeOnOneThread(units, compute), close: async () => {} });

/** Runs every kind of task. Two threads are tried up to eight times: a busy host may leave only one of them a core. */
export async function watchOverlap(unit: Unit, { signal }: Pick<Context, 'signal'>): Promise<Overlap> {
  const units = Array.from({ length: TASKS }, () => unit);
  const threads = openUnitThreads(THREADS);
  const [waiting, onThreads]: [Watched[], Watched[]] = [[], []];
  try {
    await threads.run(units.slice(0, THREADS)); // they are there, and their code is compiled
    for (let round = 0; round < ROUNDS; round++) waiting.push(await watch(() => waitOnOneThread(TASKS, UNIT_MS)));
    const computing = [await watch(() => computeOnOneThread(units, compute))];
    do onThreads.push(await watch(() => threads.run(units)));
    while (mostOf(onThreads) < THREADS && onThreads.length < MOST_TRIES);
    signal.throwIfAborted();
    return { waiting, computing, onThreads };
  } finally {
    await threads.close();
  }
}

/** How many tasks were under way at once in the runs, which is to be so many. */
export function overlapping(words: string, key: string, where: string, runs: readonly Watched[], expected: number) {
  return atOnce(words, key, `${where}: most at once`, mostOf(runs), expected, 'tasks');
}

/** The CPU of the thread during the runs, %. */
export function cpuOf(key: string, name: string, runs: readonly Watched[], bound: Bound): Finding {
  const shares = runs.map(({ share }) => share);
  return intervals('', sampled(key, name, shares, '%', bound));
}

/** How much faster two tasks that compute are on two threads, and on one. */
export async function measureGains(unit: Unit, context: Context): Promise<Record<'threads' | 'tasks', Speedup>> {
  const half = { ...context, budget: context.budget / 2 };
  const threads = await measureParallel({ open: openUnitThreads, lanes: THREADS, unit, context: half });
  const tasks = await measureSerial({ open: openTasks, lanes: THREADS, unit, context: half, trials: [3, 12] });
  return { threads, tasks };
}

function mostOf(runs: readonly Watched[]): number {
  return Math.max(...runs.map(({ spans }) => mostAtOnce(spans)));
}

async function watch(run: () => Promise<readonly Span[]>): Promise<Watched> {
  const waitedAtStart = waitingTime() ?? 0;
  const cpuAtStart = process.threadCpuUsage();
  const start = now();
  const spans = await run();
  const wall = now() - start;
  const { user, system } = process.threadCpuUsage(cpuAtStart);
  const waited = (waitingTime() ?? 0) - waitedAtStart;
  return { spans, share: (100 * (user + system)) / 1_000 / Math.max(1, wall - waited) };
}
