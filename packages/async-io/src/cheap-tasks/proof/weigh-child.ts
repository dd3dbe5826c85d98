// A process in which tasks or threads are started, with nothing else in its memory that could grow meanwhile.

import { startTasks, startThreads, startTimers } from '../recipe.ts';
import type { Waiting } from '../recipe.ts';

export type Kind = 'task' | 'timer' | 'thread';

/** So many of a kind, in a process that has none yet. */
interface Order {
  readonly kind: Kind;
  readonly count: number;
}

export interface Weight extends Order {
  /** How many waited at the same time. */
  readonly waiting: number;
  /** Growth of the resident set for one of them, bytes. */
  readonly bytes: number;
  /** CPU time of the whole process to start one of them, us; and wall time. */
  readonly cpu: number;
  readonly wall: number;
  /** The sum of the messages that they ended with, n (n - 1) / 2 where every one of them ended once. */
  readonly sum: number;
}

/** Long enough for all timers to be started, short enough to wait for. */
const TIMER_MS = 400;

process.on('disconnect', () => process.exit());
process.on('message', async (order: Order) => {
  await (await start({ ...order, count: order.kind === 'thread' ? 2 : 2_000 }, 1)).release(); // compiles the code
  process.send!(await weigh(order), () => process.exit());
});

async function weigh(order: Order): Promise<Weight> {
  const empty = resident();
  const cpuAtStart = process.cpuUsage();
  const started = performance.now();
  const all = await start(order, TIMER_MS);
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuAtStart);
  const waiting = all.waiting();
  const bytes = resident() - empty;
  const each = (value: number): number => value / order.count;
  return {
    ...order,
    waiting,
    bytes: each(bytes),
    cpu: each(user + system),
    wall: each(wall * 1_000),
    sum: await all.release(),
  };
}

async function start({ kind, count }: Order, ms: number): Promise<Waiting> {
  if (kind === 'task') return startTasks(count);
  return kind === 'timer' ? startTimers(count, ms) : startThreads(count);
}

/** The resident set after everything that is garbage has been collected, bytes. */
function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}
