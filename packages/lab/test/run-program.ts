// Running a program of the tests, and looking at the processes that it leaves.

import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endWithTest, TIED } from './ends-with-test.ts';
import type { AtEnd } from './ends-with-test.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the output so far once it matches. */
  output(pattern: RegExp): Promise<string>;
}

export interface StartOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  readonly atEnd?: AtEnd;
}

/**
 * Starts a TypeScript program under this Node, in a process group of its own, which ends with the test, and with the test
 * process.
 */
export function start(program: URL, args: readonly string[], { atEnd, ...options }: StartOptions = {}): Running {
  const child = spawn(process.execPath, [...TIED, fileURLToPath(program), ...args], {
    stdio: 'pipe',
    detached: true,
    ...options,
  });
  endWithTest(child, { group: true, ...(atEnd && { atEnd }) });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
  return {
    child,
    ended: once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr })),
    async output(pattern) {
      while (!pattern.test(stdout)) {
        if (child.exitCode !== null) throw new Error(`Expected output like ${pattern}, got ${stdout}${stderr}`);
        await sleep(20);
      }
      return stdout;
    },
  };
}

/** Runs a program to its end. */
export function runToEnd(program: URL, args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  return start(program, args, options).ended;
}

/** Whether a process group, or with a positive number a process, is still there; waits for up to 3 s for it to go. */
export async function isLeftBehind(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 60; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return false;
    }
    await sleep(50);
  }
  return true;
}
