// For how long the event loop of this thread was kept from turning while something ran.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LoopDelay<T> {
  readonly result: T;
  /** The longest time between two turns, ms; 1 ms of it is the monitor's own timer. The 99th percentile would not do. */
  readonly max: number;
  /** From the start of the work to its end, ms. */
  readonly wall: number;
}

/**
 * Runs `work` on this thread and says what it did to the event loop. An error of `work` passes through.
 *
 * The monitor records the time between two of its timers, and it records in the later of the two. Hence the waits: the
 * first timer after `enable()` has nothing to record, and a block is lost if `disable()` comes before the timer that
 * ends it. A single block is one sample of thousands: a percentile does not see it, the maximum does.
 */
export async function measureEventLoopDelay<T>(work: () => T | Promise<T>): Promise<LoopDelay<T>> {
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  try {
    await nextSample(monitor);
    const start = performance.now();
    const result = await work();
    const wall = performance.now() - start;
    await nextSample(monitor);
    return { result, max: monitor.max / 1e6, wall };
  } finally {
    monitor.disable();
  }
}

/** Resolves once the monitor has recorded one more interval. */
async function nextSample(monitor: ReturnType<typeof monitorEventLoopDelay>): Promise<void> {
  const before = monitor.count;
  while (monitor.count === before) await sleep(1);
}
