// Claim      CPU-bound work keeps one core busy as async tasks, and every core as worker threads or forked processes.
// Mechanism  An event loop runs one function at a time; every thread and process has its own.
// Use when   you wonder which cores your work keeps busy.
// Do not     conclude from a busy core that work gets done, or that it is yours: other programs count too.
// Copy       recipe.ts, worker.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts reality-check

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** The load of every core between the previous sample and this one. */
export interface CoreSample {
  /** ms on the monotonic clock of the system, `process.hrtime()`. */
  readonly at: number;
  /** 0 to 1 for each logical core of the machine; empty where the system does not say. */
  readonly loads: readonly number[];
}

/** The times of cores advance in steps of 10 ms on Linux: a sample of 100 ms knows the load to a tenth. */
const PERIOD_MS = 100;

/**
 * Runs `work` and samples the load of every core meanwhile, ten times a second. What `work` throws passes through.
 *
 * @param onSample gets each sample as it is taken, or as soon as this thread has time
 */
export async function watchCores<Result>(
  work: () => Result | Promise<Result>,
  onSample: (sample: CoreSample) => void = () => {},
): Promise<{ readonly result: Result; readonly samples: readonly CoreSample[] }> {
  const samples: CoreSample[] = [];
  // A thread of its own, so that the sampling goes on while this one computes.
  const sampler = new Worker(new URL('./worker.ts', import.meta.url), { workerData: PERIOD_MS, execArgv: [] });
  await once(sampler, 'message'); // it has begun
  sampler.on('message', (sample: CoreSample) => {
    samples.push(sample);
    onSample(sample);
  });
  try {
    return { result: await work(), samples };
  } finally {
    sampler.postMessage('stop');
    await once(sampler, 'exit'); // every sample arrives before that
  }
}

/** How many cores were busy on average, with this work or another program's. */
export function coresBusy(samples: readonly CoreSample[]): number {
  const sums = samples.map(({ loads }) => loads.reduce((sum, load) => sum + load, 0));
  return sums.reduce((sum, busy) => sum + busy, 0) / Math.max(1, sums.length);
}
