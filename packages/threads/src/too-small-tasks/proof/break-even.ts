// From which size of a task on a pool is faster: by CPU time, so that a busy machine does not change the answer.

import type { Piscina } from 'piscina';
import countEach from './primes-task.ts';

/** Tasks of one size, done both ways. Times are CPU time for each task, microseconds. */
export interface SizeCost {
  readonly inline: number;
  /** The busiest thread of the pool's way: the main thread, which gives and takes, or a thread of the pool. */
  readonly pool: number;
  /** All threads of the pool together. */
  readonly work: number;
}

/** Long enough for the clock of a thread's CPU time, which steps by up to 4 ms. */
const MEASURED_MS = 30;
const MOST_TASKS = 3_000;

/** CPU time of a task inline, microseconds, by at least MEASURED_MS of them. */
export function costInline(limit: number): number {
  const limits = Array.from({ length: 50 }, () => limit);
  const cpuAtStart = process.threadCpuUsage();
  const end = performance.now() + MEASURED_MS;
  let done = 0;
  do {
    countEach(limits);
    done += limits.length;
  } while (performance.now() < end);
  return microseconds(process.threadCpuUsage(cpuAtStart)) / done;
}

/** How many tasks of so many microseconds keep a pool busy for long enough. */
export function tasksFor(cost: number, threads: number): number {
  return Math.min(MOST_TASKS, Math.ceil((MEASURED_MS * 1_000 * threads) / cost));
}

/** CPU time of a task the pool's way, microseconds: what the busiest thread spends on it. */
export async function costOnPool(
  pool: Piscina<number[], number[]>,
  limit: number,
  count: number,
  expected: number,
  ask: (limits: number[]) => Promise<number[]>,
): Promise<{ readonly busiest: number; readonly work: number }> {
  const limits = Array.from({ length: count }, () => limit);
  const before = await Promise.all(pool.threads.map((thread) => thread.cpuUsage()));
  const mainBefore = process.threadCpuUsage();
  const answers = await ask(limits);
  const main = microseconds(process.threadCpuUsage(mainBefore));
  const threads = await Promise.all(
    pool.threads.map(async (thread, n) => microseconds(await thread.cpuUsage(before[n]))),
  );
  if (answers.length !== count || answers.some((answer) => answer !== expected)) {
    throw new Error(`Expected ${count} times ${expected} primes below ${limit}, got ${answers.length} answers`);
  }
  return { busiest: Math.max(main, ...threads) / count, work: threads.reduce((sum, cpu) => sum + cpu, 0) / count };
}

function microseconds({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}

/**
 * The size at which pool and inline code take the same time: the crossing of pool / inline with 1, on a straight line
 * between the two sizes around it in logarithms of both. Undefined where there is no crossing.
 *
 * @param costs from the smallest task to the largest
 */
export function breakEven(costs: readonly SizeCost[]): number | undefined {
  const last = costs.findLastIndex((cost) => cost.pool >= cost.inline);
  const [below, above] = [costs[last], costs[last + 1]];
  if (below === undefined || above === undefined) return undefined;
  const [from, to] = [below, above].map(({ pool, inline: own }) => Math.log(pool / own)) as [number, number];
  const share = from / (from - to);
  return Math.exp(Math.log(below.inline) + share * (Math.log(above.inline) - Math.log(below.inline)));
}
