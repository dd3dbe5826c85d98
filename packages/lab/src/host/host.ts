// This machine: what it is, what it allows this process to use, and how parallel it really is at the moment.

import { pbkdf2 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { promisify } from 'node:util';

/** A description of the machine and the moment, as it stands above every table. */
export interface Host {
  readonly cpu: string;
  /** Logical cores that this process may run on: affinity and, on Linux, the quota of the control group respected. */
  readonly cores: number;
  /** Logical cores of the machine. */
  readonly coresOfMachine: number;
  /** Cores' worth of CPU time that a control group allows, where one does. */
  readonly quota?: number;
  /** Cores that concurrent native code kept busy when tried, of the number that was tried. */
  readonly parallelism: Parallelism;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  /** One-minute load average before the measurements; 0 on Windows, which has none. */
  readonly load: number;
  /** ISO 8601, to the second. */
  readonly date: string;
}

export async function readHost(): Promise<Host> {
  const quota = cpuQuota();
  return {
    cpu: readCpus()[0]?.model.trim() || 'unknown CPU',
    cores: usableCores(),
    coresOfMachine: readCpus().length || os.availableParallelism(),
    ...(quota !== undefined && { quota }),
    parallelism: await measureParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.type()} ${os.release().split('-')[0]} ${os.arch()}`,
    node: process.version,
    load: Number(os.loadavg()[0]!.toFixed(2)),
    date: new Date().toISOString().replace(/\.\d+/, ''),
  };
}

/** How many lanes may run at the same time here: affinity, and a quota of the control group rounded up. */
export function usableCores(quota = cpuQuota()): number {
  return Math.max(1, Math.min(os.availableParallelism(), Math.ceil(quota ?? Infinity)));
}

/** Time that a core has spent since the machine started, ms, in steps of the system's clock tick: 10 ms on Linux. */
export interface CoreTimes {
  readonly idle: number;
  readonly busy: number;
}

/** The time of every logical core; empty where the system does not say (a Linux without /proc). */
export function readCoreTimes(): CoreTimes[] {
  return readCpus().map(({ times }) => ({ idle: times.idle, busy: times.user + times.nice + times.sys + times.irq }));
}

function readCpus(): os.CpuInfo[] {
  try {
    return os.cpus();
  } catch {
    return [];
  }
}

/**
 * The quota in cores of the control group of this process, or of one that it lies in, whichever is least; undefined where
 * there is none.
 *
 * `os.availableParallelism()` sees a quota of version 2 but not of version 1, so both are read here. A container shows its
 * own group as the root; a service or a slice of systemd is a group below it.
 *
 * @param groups what /proc/self/cgroup says: lines such as '1:cpu,cpuacct:/system.slice' and '0::/user.slice'
 */
export function cpuQuota(root = '/sys/fs/cgroup', groups = read('/proc/self/cgroup')): number | undefined {
  const quotas = groupsOf(groups).flatMap((group) => {
    const [quota2, period2] = read(`${root}${group}/cpu.max`).split(' ').map(Number);
    const quota1 = Number(read(`${root}/cpu${group}/cpu.cfs_quota_us`));
    const period1 = Number(read(`${root}/cpu${group}/cpu.cfs_period_us`));
    return [quota2! / period2!, quota1 / period1].filter((quota) => quota > 0 && Number.isFinite(quota));
  });
  return quotas.length > 0 ? Math.min(...quotas) : undefined;
}

/** The groups of a process that may have a quota, with those that they lie in: '/a/b', '/a' and ''. */
function groupsOf(lines: string): string[] {
  const own = lines.split('\n').flatMap((line) => /^\d+:(?:|.*\bcpu\b.*):(\/.*)$/.exec(line)?.[1] ?? []);
  const withParents = own.flatMap((group) =>
    group.split('/').map((_, depth, names) => names.slice(0, depth + 1).join('/')),
  );
  return [...new Set(['', ...withParents])];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return '';
  }
}

export interface Parallelism {
  /** Cores kept busy by `tried` computations at once, against one alone: what is free for us right now. */
  readonly measured: number;
  readonly tried: number;
}

/** Tries the host with native code on the libuv pool, away from V8 and from this thread. About 80 ms. */
async function measureParallelism(): Promise<Parallelism> {
  const poolSize = Number(process.env['UV_THREADPOOL_SIZE']) || 4;
  const tried = Math.min(usableCores(), poolSize);
  await compute(tried); // starts the pool's threads
  let alone = Infinity;
  let together = Infinity;
  for (let round = 0; round < 5; round++) {
    alone = Math.min(alone, await compute(1));
    together = Math.min(together, await compute(tried));
  }
  return { measured: Number(Math.min(tried, (tried * alone) / together).toFixed(2)), tried };
}

const derive = promisify(pbkdf2);

/** Wall time in ms of so many computations at once. */
async function compute(count: number): Promise<number> {
  const start = performance.now();
  await Promise.all(Array.from({ length: count }, () => derive('password', 'salt', 40_000, 32, 'sha256')));
  return performance.now() - start;
}
