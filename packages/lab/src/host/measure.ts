// One run of something, with what it cost.

/** What one run of something took. CPU time is that of the whole process: every thread, V8's and libuv's included. */
export interface Run<T> {
  readonly result: T;
  /** ms */
  readonly wall: number;
  /** ms, user and system */
  readonly cpu: number;
  /** CPU time / wall time. */
  readonly coresBusy: number;
  /** The largest resident set of the process so far, MiB. */
  readonly peakMemory: number;
}

/**
 * Runs `work` once and says what it took.
 *
 * @param check throws where the result is wrong; a time that was spent on a wrong result is no measurement
 */
export async function measure<T>(work: () => T | Promise<T>, check: (result: T) => void): Promise<Run<T>> {
  const cpuAtStart = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuAtStart);
  check(result);
  const cpu = (user + system) / 1_000;
  return { result, wall, cpu, coresBusy: cpu / wall, peakMemory: process.resourceUsage().maxRSS / 1_024 };
}
