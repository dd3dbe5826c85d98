// The clocks that lanes are timed by.

import { readFileSync } from 'node:fs';

/** Milliseconds on the monotonic clock of the system, the same in every thread and process of this machine. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Milliseconds that this thread has stood in the run queue since it began: the second field of Linux's schedstat.
 * Undefined on other systems, and on a Linux without /proc or without scheduler statistics.
 */
export function waitingTime(path = '/proc/thread-self/schedstat'): number | undefined {
  try {
    const waited = Number(readFileSync(path, 'latin1').split(' ')[1]);
    return Number.isFinite(waited) ? waited / 1e6 : undefined;
  } catch {
    return undefined;
  }
}

/** Wall time of one run of `work` in ms. What it throws passes through. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
