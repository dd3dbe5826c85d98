// What a process sees of the quota that it runs under, and for how long the system holds a pool of it back. Prints JSON.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { availableCpus, cpuQuota } from '../recipe.ts';

export interface Sight {
  readonly quota: number;
  /** os.cpus().length */
  readonly cpus: number;
  /** os.availableParallelism() */
  readonly parallelism: number;
  /** availableCpus() */
  readonly available: number;
}

export interface Load {
  readonly workers: number;
  /** ms that all of it took, and ms for which cores were held back since the quota was used up, summed over the cores. */
  readonly wall: number;
  readonly throttled: number;
  /** ms of each task. */
  readonly times: readonly number[];
}

const ROUNDS = 4_000_000;
const TASKS = 100;

const [size] = process.argv.slice(2) as ['host' | 'quota' | undefined];
if (size === undefined) {
  const sight: Sight = {
    quota: cpuQuota(),
    cpus: os.cpus().length,
    parallelism: os.availableParallelism(),
    available: availableCpus(),
  };
  console.log(JSON.stringify(sight));
} else {
  // Four are enough to use up a quota of one.
  console.log(JSON.stringify(await runPool(size === 'host' ? Math.min(4, os.cpus().length) : availableCpus())));
}

async function runPool(workers: number): Promise<Load> {
  const workerData = { taken: new Int32Array(new SharedArrayBuffer(4)), tasks: TASKS, rounds: ROUNDS };
  const pool = Array.from(
    { length: workers },
    () => new Worker(new URL('./burn-worker.ts', import.meta.url), { execArgv: [], workerData }),
  );
  await Promise.all(pool.map((worker) => once(worker, 'message')));
  await sleep(150); // what the start has taken of the quota is past
  const before = readThrottled();
  const start = performance.now();
  const answers = pool.map((worker) => once(worker, 'message') as Promise<[number[]]>);
  for (const worker of pool) worker.postMessage('go');
  const times = (await Promise.all(answers)).flatMap(([each]) => each);
  const wall = performance.now() - start;
  const throttled = readThrottled() - before;
  await Promise.all(pool.map((worker) => worker.terminate()));
  return { workers, wall, throttled, times };
}

/** ms, of the group that this process is in: version 1 counts ns, version 2 us. */
function readThrottled(): number {
  const own = readFileSync('/proc/self/cgroup', 'latin1');
  const group = /^\d+:cpu(?:,cpuacct)?:(\/.+)$/m.exec(own)?.[1];
  const folder = group === undefined ? /^0::(\/.+)$/m.exec(own)![1]! : `/cpu${group}`;
  const stat = readFileSync(`/sys/fs/cgroup${folder}/cpu.stat`, 'latin1');
  const [, unit, time] = /^throttled_(time|usec) (\d+)$/m.exec(stat)!;
  return Number(time) / (unit === 'time' ? 1e6 : 1e3);
}
