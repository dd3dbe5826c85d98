// A program with a time limit, in a process group of its own: what it started ends with it, and all of it with this process.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { beforeEnd } from '@cookbook/lab/command';

/** Has a program end with this process: it is given a pipe as its stdin, which closes then. */
const TIED = ['--import', new URL('./end-with-parent.ts', import.meta.url).href];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was killed at its time limit. */
  readonly hung: boolean;
}

const running = new Set<ChildProcess>();
// A signal ends this program by process.exit, which runs no `finally`.
beforeEnd(() => running.forEach(killAll));

/**
 * Runs a TypeScript or JavaScript program under this Node.
 *
 * @param limit ms
 */
export async function runLimited(args: readonly string[], cwd: string, limit: number): Promise<Ended> {
  const child = spawn(process.execPath, [...TIED, ...args], {
    cwd,
    env: environment(),
    stdio: 'pipe',
    detached: process.platform !== 'win32',
  });
  running.add(child);
  let [stdout, stderr, hung] = ['', '', false];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const timer = setTimeout(() => {
    hung = true;
    killAll(child);
  }, limit);
  try {
    const closed = once(child, 'close');
    const [[code]] = await Promise.all([once(child, 'exit') as Promise<[number | null]>, closed, leaveNothing(child)]);
    return { code, stdout, stderr, hung };
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}

/** What it left behind may hold its output open. */
async function leaveNothing(child: ChildProcess): Promise<void> {
  await once(child, 'exit');
  killAll(child);
}

/** Without the variables by which a test runner, or a reader, has claims and tests behave otherwise. */
function environment(): NodeJS.ProcessEnv {
  const own = new Set(['NODE_OPTIONS', 'NODE_ENV', 'CLAIMS_STRICT', 'FORCE_COLOR']);
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !own.has(name) && !name.startsWith('VITEST')),
  );
}

/** Kills the program with all of its group; on Windows what it started ends with it by lifelines. */
function killAll(child: ChildProcess): void {
  if (process.platform === 'win32' || child.pid === undefined) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // all of it has ended
  }
}
