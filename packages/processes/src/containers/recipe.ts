// Claim      Under a quota of one CPU os.cpus() counts the host's cores, availableCpus() one. PID 1 ignores SIGTERM without a
//            handler, and keeps zombies.
// Mechanism  A quota limits time, not cores. The system gives PID 1 no default action, and all orphans.
// Use when   a program runs in a container.
// Do not     be PID 1 and start programs: `docker run --init` (tini) reaps.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts containers

import { readFileSync } from 'node:fs';
import os from 'node:os';

/**
 * How many threads or processes can compute at once: the cores that this process may run on, or its quota, whichever is less.
 * A part of a CPU counts as one: a pool of one more is held back at times, a pool of one less never uses that part.
 */
export function availableCpus(quota = cpuQuota()): number {
  return Math.max(1, Math.min(os.availableParallelism(), Math.ceil(quota)));
}

/**
 * CPUs' worth of time that the control groups of this process allow, such as 0.5; Infinity where no group has a quota, and
 * where there are no groups. Those above its own limit it as well; the least counts. Version 2 has `cpu.max`, version 1
 * `cpu.cfs_quota_us`, which `os.availableParallelism()` did not read in the Node.js of this cookbook (26.10).
 *
 * @param root where the groups are mounted
 * @param own lines such as '0::/app' (version 2) and '1:cpu,cpuacct:/docker/1' (version 1)
 */
export function cpuQuota(root = '/sys/fs/cgroup', own = read('/proc/self/cgroup')): number {
  // A container sees its own group at the root, whatever its name on the host.
  const quotas = [...own.split('\n'), '0::/', '1:cpu:/'].flatMap((line) => {
    const [, controllers = '', group = ''] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    const isVersion2 = controllers === '';
    if (!isVersion2 && !controllers.split(',').includes('cpu')) return [];
    return withParents(group).map((name) => {
      if (isVersion2) return quotaOf(read(`${root}${name}/cpu.max`));
      return quotaOf(`${read(`${root}/cpu${name}/cpu.cfs_quota_us`)} ${read(`${root}/cpu${name}/cpu.cfs_period_us`)}`);
    });
  });
  return Math.min(Infinity, ...quotas);
}

/** '/a/b' with '/a' and ''. */
function withParents(group: string): string[] {
  const names = group.split('/').filter(Boolean);
  return ['', ...names.map((_, depth) => `/${names.slice(0, depth + 1).join('/')}`)];
}

/** Microseconds of a period: '50000 100000' is half a CPU, 'max 100000' and '-1 100000' are no limit. */
function quotaOf(text: string): number {
  const [quota = NaN, period = NaN] = text.split(' ').map(Number);
  return quota > 0 && period > 0 ? quota / period : Infinity;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1').trim();
  } catch {
    return '';
  }
}

/**
 * Ends this process on SIGTERM or SIGINT, which PID 1 has to do by itself: with status 0 once `stop` is done, with 1 where it
 * fails or takes too long. More signals change nothing: a process group and npm may each send one.
 *
 * @param stop takes no more work and finishes what is under way, such as `drain`
 * @param limit ms for it: less than the 10 s after which `docker stop` kills
 */
export function endOnSignals(stop: () => unknown, limit = 8_000): void {
  if (!(limit > 0 && limit < 2 ** 31)) {
    throw new RangeError(`Expected \`limit\` to be ms above 0 and under 2 ** 31, got ${limit}`);
  }
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), limit);
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  };
  process.on('SIGTERM', () => void end()).on('SIGINT', () => void end());
}
