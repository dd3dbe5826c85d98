// One crash, seen from outside.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withFolder } from '@cookbook/lab/cleanup';
import { HEAP_MIB } from './crash.ts';
import type { Crash, Shape } from './crash.ts';

export type Where = 'process' | 'thread' | 'thread without a listener';

export interface Experiment {
  /** What the two runners counted in their global, once and twice, and what the parent's own global is after that. */
  readonly counted: readonly number[];
  readonly own: number;
  /** How the runner ended; undefined where the parent did not live to report it. */
  readonly victim: string | undefined;
  readonly siblingAnswers: boolean;
  /** How the parent ended: 'exit code 0' where it survived. */
  readonly parent: string;
  /** Files that were left in the folder of the experiment: core dumps. */
  readonly files: readonly string[];
}

/**
 * Has a runner crash in a fresh parent.
 *
 * @param heap of the runner, MiB
 */
export function runExperiment(
  where: Where,
  crash: Crash | Shape,
  signal?: AbortSignal,
  heap = HEAP_MIB,
): Promise<Experiment> {
  return withFolder('isolation', async (folder) => {
    const parent = startWithoutCoreDumps(['parent-child.ts', where, crash, String(heap)], folder);
    const seen: Partial<Record<string, unknown>> = {};
    parent.on('message', (message: object) => Object.assign(seen, message));
    const stop = (): boolean => parent.kill('SIGKILL');
    signal?.addEventListener('abort', stop);
    const [[code, killedBy]] = await Promise.all([once(parent, 'exit'), once(parent, 'close')]);
    signal?.removeEventListener('abort', stop);
    signal?.throwIfAborted();
    return {
      counted: (seen['counted'] ?? []) as number[],
      own: Number(seen['own']),
      victim: seen['ended'] as string | undefined,
      siblingAnswers: seen['siblingAnswers'] === true,
      parent: (killedBy as string | null) ?? `exit code ${code}`,
      files: await readdir(folder),
    };
  });
}

/**
 * A crash on purpose is not to fill the disk. The limit on core dumps is inherited, and Node.js cannot set it: on POSIX a
 * shell does, and becomes the program. A system that writes them anyway finds a folder that is removed afterwards.
 */
function startWithoutCoreDumps([file, ...args]: readonly [string, ...string[]], cwd: string): ChildProcess {
  const program = [process.execPath, fileURLToPath(new URL(file, import.meta.url)), ...args];
  const [command, ...rest] =
    process.platform === 'win32' ? program : ['/bin/sh', '-c', 'ulimit -c 0; exec "$@"', 'sh', ...program];
  return spawn(command!, rest, { cwd, stdio: ['pipe', 'ignore', 'ignore', 'ipc'] });
}
