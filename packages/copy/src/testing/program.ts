// The programs that show how a copied recipe is called, run as a reader would: by a Node alone, without flags or a loader.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProgramRun {
  /** Path of the Node to run it with. */
  readonly node: string;
  /** The folder to run it in. */
  readonly cwd: string;
  /** Path of the program, from there. */
  readonly program: string;
  /** Milliseconds until it is ended. */
  readonly limit: number;
}

/** Copies test/copied/<recipe>.ts, and <recipe>-task.ts beside it, where there are such. */
export function copyProgram(home: string, name: string, folder: string): void {
  const [from, to] = [home, folder].map((base) => path.join(base, 'test', 'copied')) as [string, string];
  mkdirSync(to, { recursive: true });
  for (const file of [`${name}.ts`, `${name}-task.ts`]) {
    if (existsSync(path.join(from, file))) copyFileSync(path.join(from, file), path.join(to, file));
  }
}

/**
 * Runs a program to its end.
 *
 * @returns what is wrong with it: a status other than 0, nothing printed, words on stderr other than that a feature of Node
 *   is experimental, no end within the limit, or (on Linux and macOS) processes that are left behind; empty where all is
 *   well. Whatever is left is ended.
 */
export async function runProgram({ node, cwd, program, limit }: ProgramRun): Promise<string[]> {
  const child = spawn(node, [program], {
    cwd,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // a process group of its own, so that what it leaves can be found
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  // Not `close`: a process that is left behind may hold the pipes open.
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | NodeJS.Signals>();
  child.once('exit', (status, signal) => resolve(status ?? signal!)).once('error', reject);
  const timer = setTimeout(() => resolve('SIGALRM'), limit);
  const closed = new Promise((close) => child.once('close', close));
  try {
    const end = await ended;
    const overdue = end === 'SIGALRM' && child.exitCode === null;
    const left = !overdue && (await isGroupLeft(child));
    endGroup(child);
    await closed;
    return complaintsOf({ end: overdue ? undefined : end, limit, stdout, stderr, left });
  } finally {
    clearTimeout(timer);
  }
}

/** How a program ended, and what it printed. */
export interface Ended {
  /** Undefined where it did not end within the limit, which is in ms. */
  readonly end: number | NodeJS.Signals | undefined;
  readonly limit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether processes of it were still there after its end. */
  readonly left: boolean;
}

/** What is wrong with how a program ended; empty where all is well. */
export function complaintsOf({ end, limit, stdout, stderr, left }: Ended): string[] {
  const complaints = unexpected(stderr);
  return [
    ...(end === undefined ? [`Expected it to end within ${limit} ms, got no end`] : []),
    ...(end !== undefined && end !== 0 ? [`Expected status 0, got ${end}`] : []),
    ...(complaints === '' ? [] : [`Expected nothing on stderr, got:\n${complaints}`]),
    ...(stdout.trim() === '' ? ['Expected it to print a line, got nothing'] : []),
    ...(left ? ['Expected no process to be left behind, got one'] : []),
  ];
}

/** What the test runner and package managers set is not there in an empty project. */
function environment(): NodeJS.ProcessEnv {
  const own = /^(NODE_|VITEST|npm_|INIT_CWD$|TEST$|DEV$|PROD$|MODE$|SSR$|BASE_URL$|FORCE_COLOR$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** Stderr without Node's own word that a feature is experimental. */
function unexpected(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => !/^\(node:\d+\) ExperimentalWarning: |^\(Use `node --trace-warnings/.test(line))
    .join('\n')
    .trim();
}

/** Whether the program's group is still there; what it has ended itself may take a moment to go. */
async function isGroupLeft({ pid }: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 60; tries++) {
    if (!signalGroup(pid, 0)) return false;
    await sleep(50);
  }
  return true;
}

function endGroup(child: ChildProcess): void {
  signalGroup(child.pid, 'SIGKILL');
  child.kill('SIGKILL');
}

/** Whether there was a group to signal. Windows has no process groups. */
function signalGroup(pid: number | undefined, signal: 0 | 'SIGKILL'): boolean {
  if (pid === undefined || process.platform === 'win32') return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
