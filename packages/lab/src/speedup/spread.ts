// Lanes kept on cores of their own. With a busy neighbour a scheduler often packs two lanes on one core and leaves them
// there: two against one is as even as it gets. Lanes that never run at once say nothing of what keeps them apart.

import { spawnSync } from 'node:child_process';
import type { Phase } from './trial.ts';

/**
 * Ties each lane to a core of its own by `taskset` of Linux.
 *
 * @param taskset the program; another one in tests
 *
 * @returns what lets go of them again; undefined where it cannot: the lanes do not say which threads of the system they are,
 *   there are more of them than cores, or there is no `taskset`
 */
export function spread({ reports }: Phase, taskset = 'taskset'): (() => void) | undefined {
  const threads = [...new Set(reports.map(({ thread }) => thread))];
  if (threads.length < 2 || threads.some((thread) => thread === undefined)) return undefined;
  const tie = (thread: number | undefined, cores: readonly number[]): boolean =>
    run(taskset, ['-cp', cores.join(','), String(thread)]) !== undefined;
  const allowed = readCores(run(taskset, ['-cp', String(threads[0])]));
  if (allowed.length < threads.length) return undefined;
  const letGo = (): void => threads.forEach((thread) => tie(thread, allowed));
  // Not next to one another: two logical cores in a row are often two halves of one.
  const apart = allowed.length / threads.length;
  if (threads.every((thread, at) => tie(thread, [allowed[Math.floor(at * apart)]!]))) return letGo;
  letGo();
  return undefined;
}

/** What `taskset` prints, 'current affinity list: 0-2,5': 0, 1, 2 and 5. */
export function readCores(line = ''): number[] {
  const list = /: ([\d,-]+)\s*$/.exec(line)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return range === '' ? [] : Array.from({ length: last! - first! + 1 }, (_, n) => first! + n);
  });
}

function run(taskset: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(taskset, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout : undefined;
}
