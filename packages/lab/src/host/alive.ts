// Whether a process is still there, asked of the system and not of the process.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Whether a process is running. One that has ended and waits for its parent to take note (a zombie) is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it is there, and not ours
  }
  return !isZombie(pid);
}

/**
 * Waits for a process to be gone.
 *
 * @param limit ms to wait for it at most
 * @returns ms until it was gone, in steps of about 1 ms; undefined where it is still there
 */
export async function goneAfter(pid: number, limit: number): Promise<number | undefined> {
  const start = performance.now();
  while (isAlive(pid)) {
    if (performance.now() - start > limit) return undefined;
    await sleep(1);
  }
  return performance.now() - start;
}

/** Every process below one, as `ps` sees it now: not on Windows. Throws where there is no `ps`. */
export async function descendants(root: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (pid: number): number[] =>
    rows.filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  return below(root);
}

/** Linux says so in the field behind the name, which stands in brackets and may hold any character. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return 'ZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'; // ended while we read
  }
}
