// Programs whose output is taken in each way, and what becomes of it.

import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { withFolder } from '@cookbook/lab/cleanup';
import { isAlive } from '@cookbook/lab/host';
import { outputByShell, outputOf } from '../recipe.ts';
import type { Memory } from './memory-child.ts';
import type { Role } from './writer-child.ts';

export const WRITER = fileURLToPath(new URL('./writer-child.ts', import.meta.url));
/** What exec takes unless it is told another size. */
export const MOST_BYTES = 2 ** 20;
/** More than any pipe holds. */
export const LARGE = 2 ** 22;
/** So long does nothing move, ms, before a program counts as stopped. */
const STILL_MS = 300;

/** What a user may have typed, and a shell reads as something else. */
export const WORDS: readonly string[] =
  process.platform === 'win32' ? ['%OS%', 'a & echo pwned'] : ['$(echo pwned)', '`echo pwned`', 'a; echo pwned'];

/** A command for a shell, and the same as words. */
function commandOf(...words: readonly (string | number)[]): string {
  return [`"${process.execPath}" "${WRITER}"`, ...words].join(' ');
}

/** Of exec, for so many bytes: how many came, or the code of the error. */
export async function execBytes(bytes: number): Promise<number | string> {
  try {
    return (await outputByShell(commandOf('print' satisfies Role, bytes))).length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** A program prints too much and then rests: how many are still there, one at most, when their output was refused. */
export async function leftWhenRefused(): Promise<{ byShell: number; asWords: number }> {
  const [byShell, asWords] = await Promise.all([
    left(outputByShell(commandOf('rest' satisfies Role, MOST_BYTES))),
    left(outputOf(process.execPath, [WRITER, 'rest', String(MOST_BYTES)])),
  ]);
  return { byShell, asWords };
}

/** Whether the program is still there, 0 or 1, when its output was refused; it is ended then. */
async function left(output: Promise<string>): Promise<number> {
  const { stdout = '' } = await output.then(() => ({ stdout: '' })).catch((error: { stdout?: string }) => error);
  const pid = Number(/^\d+/.exec(stdout)?.[0]);
  if (Number.isNaN(pid)) throw new Error('Expected output to be refused, with its first line kept');
  const isLeft = isAlive(pid);
  if (isLeft) process.kill(pid, 'SIGKILL');
  return Number(isLeft);
}

/** How many of the words came as what they are: by a shell, and without one. */
export async function wordsThatArrive(): Promise<{ byShell: number; asWords: number }> {
  const whole = (printed: string): number => {
    const came = JSON.parse(/^\[.*?\]/.exec(printed)?.[0] ?? '[]') as string[]; // commands may have printed behind it
    return WORDS.filter((word, at) => word === came[at]).length;
  };
  const printed = await outputByShell(commandOf('words' satisfies Role, ...WORDS)).catch(() => '');
  return {
    byShell: whole(printed),
    asWords: whole(await outputOf(process.execPath, [WRITER, 'words', ...WORDS])),
  };
}

export interface Unread {
  /** Bytes that were out when nothing moved any more. */
  readonly out: number;
  /** Whether the program was still there then. */
  readonly isLeft: boolean;
  /** Bytes that came once they were read, and whether the program ended then. */
  readonly came: number;
  readonly isOver: boolean;
}

/** A program prints, and its output is read only when nothing moves any more. */
export async function leaveUnread(): Promise<Unread> {
  const child = start('report', LARGE, ['ignore', 'pipe', 'inherit', 'ipc']);
  const exit = once(child, 'exit');
  let [out, moved, came] = [0, performance.now(), 0];
  child.on('message', (bytes: number) => {
    out = bytes;
    moved = performance.now();
  });
  await Promise.race([once(child, 'message'), exit]);
  while (isThere(child) && performance.now() - moved < STILL_MS) await sleep(10);
  const seen = { out, isLeft: isThere(child) };
  child.stdout!.on('data', (chunk: Buffer) => (came += chunk.length));
  if (isThere(child)) await exit;
  return { ...seen, came, isOver: child.exitCode === 0 };
}

/** The exit code of a program whose output goes nowhere. */
export async function ignored(): Promise<number> {
  return (await once(start('print', LARGE, ['ignore', 'ignore', 'inherit']), 'exit'))[0] as number;
}

/** Of a program that ends by process.exit, at once or when all is written: the bytes that came, and the exit code. */
export async function endBy(role: 'exit' | 'written'): Promise<{ came: number; code: number }> {
  const child = start(role, LARGE, ['ignore', 'pipe', 'inherit']);
  let came = 0;
  child.stdout!.on('data', (chunk: Buffer) => (came += chunk.length));
  const [code] = (await once(child, 'close')) as [number];
  return { came, code };
}

/** Takes so many bytes to a file, and then others through a stream, in a process of its own whose memory is watched. */
export function takeWatched(filed: number, streamed: number): Promise<Memory> {
  return withFolder('child-output', async (folder) => {
    const words = [String(filed), String(streamed), path.join(folder, 'output')];
    const child = fork(new URL('./memory-child.ts', import.meta.url), words, { execArgv: [] });
    const exit = once(child, 'exit');
    const [memory] = (await Promise.race([once(child, 'message'), exit.then(() => [])])) as [Memory?];
    const [code, by] = await exit;
    if (memory === undefined) throw new Error(`Expected a process to take output, it ended with ${by ?? code}`);
    return memory;
  });
}

type Stdio = ('ignore' | 'pipe' | 'inherit' | 'ipc')[];

function start(role: Role, bytes: number, stdio: Stdio): ChildProcess {
  return spawn(process.execPath, [WRITER, role, String(bytes)], { stdio });
}

function isThere(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
