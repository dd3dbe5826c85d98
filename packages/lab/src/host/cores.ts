// The load of every core over time. Sampled by a thread of its own, so that it goes on while this one computes.

import { Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { CoreSample, CoresPlot } from '../claim/plot.ts';
import { now } from '../task/clock.ts';
import type { CoreTimes } from './host.ts';

export interface CoreWatch {
  /** CPU time of the sampler / time so far: what watching costs, as a share of one core. */
  cost(): Promise<number>;
  /** Ends the watch and returns all its samples. */
  stop(): Promise<CoreSample[]>;
}

/** Cores' times advance in steps of 10 ms on Linux: a sample of 100 ms knows the load to a tenth. */
export const SAMPLE_MS = 100;

/** Starts to watch; `onSample` hears of every sample as it is taken, or as soon as this thread has time. */
export async function watchCores(onSample: (sample: CoreSample) => void = () => {}): Promise<CoreWatch> {
  const samples: CoreSample[] = [];
  const worker = new Worker(new URL('./cores-worker.ts', import.meta.url), {
    workerData: { period: SAMPLE_MS },
    execArgv: [],
    name: 'core sampler',
  });
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  worker.on('message', (message: 'ready' | CoreSample) => {
    if (message === 'ready') return ready.resolve();
    samples.push(message);
    onSample(message);
  });
  worker.once('error', (error) => ready.reject(error));
  worker.once('exit', () => ended.resolve());
  await ready.promise;
  const start = performance.now();
  const cpuAtStart = await worker.cpuUsage();

  return {
    async cost() {
      const { user, system } = await worker.cpuUsage(cpuAtStart);
      return (user + system) / 1_000 / (performance.now() - start);
    },
    async stop() {
      worker.postMessage('stop');
      await ended.promise;
      return samples;
    },
  };
}

/** What the sampler's thread does: see `cores-worker.ts`. */
export function sampleCores(port: MessagePort, period: number, readTimes: () => CoreTimes[]): void {
  let previous = readTimes();
  const timer = setInterval(() => {
    const current = readTimes();
    const loads = current.map((times, core) => loadBetween(previous[core], times));
    previous = current;
    port.postMessage({ at: now(), loads } satisfies CoreSample);
  }, period);
  port.once('message', () => {
    clearInterval(timer);
    port.close();
  });
  port.postMessage('ready');
}

function loadBetween(from: CoreTimes | undefined, to: CoreTimes): number {
  if (from === undefined) return 0;
  const busy = to.busy - from.busy;
  const total = busy + to.idle - from.idle;
  return total > 0 ? Math.min(1, busy / total) : 0;
}

/** The rows with their times counted from the start of each, rounded to what the clocks of cores can tell. */
export function coresPlot(
  title: string,
  rows: readonly { name: string; start: number; samples: readonly CoreSample[] }[],
): CoresPlot {
  return {
    kind: 'cores',
    title,
    rows: rows.map(({ name, start, samples }) => ({
      name,
      samples: samples.map(({ at, loads }) => ({
        at: Math.round(at - start),
        loads: loads.map((load) => Number(load.toFixed(2))),
      })),
    })),
  };
}
