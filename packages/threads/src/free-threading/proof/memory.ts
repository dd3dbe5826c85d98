// The memory of several processes together, pages that they share counted once.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * MiB of all these processes together.
 *
 * On Linux the sum of their proportional set sizes: a page that n processes share counts 1/n in each. Elsewhere the sum
 * of their resident set sizes, which counts shared pages once for each process.
 *
 * @throws Error where the system reports neither
 */
export function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (proportional(pid) ?? resident(pid)), 0) / 1_024;
}

/** KiB, from `smaps_rollup` of Linux. */
function proportional(pid: number): number | undefined {
  try {
    const [, pss] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')) ?? [];
    return pss === undefined ? undefined : Number(pss);
  } catch {
    return undefined;
  }
}

/** KiB, from the tools of the system. */
function resident(pid: number): number {
  if (pid === process.pid) return process.memoryUsage.rss() / 1_024;
  if (process.platform !== 'win32') return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]));
  // "node.exe","4711","Console","1","41,234 K"
  const line = execFileSync('tasklist', ['/fi', `pid eq ${pid}`, '/fo', 'csv', '/nh'], { encoding: 'latin1' });
  return Number(line.trim().split('","').at(-1)!.replaceAll(/\D/g, ''));
}
