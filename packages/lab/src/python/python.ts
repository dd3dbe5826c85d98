// The Pythons of this machine: which there are, which of them have the lock, and what a recipe's `original.py` says.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Python {
  /** The interpreter's own path. */
  readonly executable: string;
  /** Such as 'CPython 3.13.0'. */
  readonly name: string;
  /** Whether the global interpreter lock is on: asked, not concluded from the version. */
  readonly lock: boolean;
}

export interface Pythons {
  /** At most one with the lock and one without, the first found of each. */
  readonly found: readonly Python[];
  /** What was wrong with a command that is there but did not answer as a Python does. */
  readonly problems: readonly string[];
}

/** Where a Python may be found, in order of preference. The last two are free-threaded builds. */
const COMMANDS: readonly (readonly string[])[] = [
  ['python3'],
  ['python'],
  ...(process.platform === 'win32' ? [['py', '-3']] : []),
  ['python3.14t'],
  ['python3.13t'],
];

const TIME_LIMIT_MS = 20_000;

const PROBE = `
import json, platform, sys
print(json.dumps({
    "executable": sys.executable,
    "name": platform.python_implementation() + " " + platform.python_version(),
    "lock": getattr(sys, "_is_gil_enabled", lambda: True)(),
    "major": sys.version_info[0],
}))
`;

let pythons: Promise<Pythons> | undefined;

/** Looks for Pythons once in the life of this process. Takes about 0.1 s, up to 20 s where one hangs. */
export function findPythons(): Promise<Pythons> {
  pythons ??= lookForPythons(COMMANDS, TIME_LIMIT_MS);
  return pythons;
}

/** `findPythons` without the memory, for other commands and limits. */
export async function lookForPythons(commands: readonly (readonly string[])[], limit: number): Promise<Pythons> {
  const answers = await Promise.all(commands.map((command) => askPython(command, limit)));
  const all = answers.flatMap(({ python }) => python ?? []);
  return {
    found: [true, false].flatMap((lock) => all.find((python) => python.lock === lock) ?? []),
    problems: answers.flatMap(({ problem }) => problem ?? []),
  };
}

async function askPython(command: readonly string[], limit: number): Promise<{ python?: Python; problem?: string }> {
  const name = command.join(' ');
  try {
    const [program, ...options] = command;
    const answer = await answerOf(name, program!, [...options, '-c', PROBE], limit);
    if (answer === undefined) return {};
    const { major, ...python } = answer as Python & { major: number };
    if (typeof python.executable !== 'string' || typeof python.name !== 'string' || typeof python.lock !== 'boolean') {
      return { problem: `Expected ${name} to say which Python it is, got ${JSON.stringify(answer)}` };
    }
    return major >= 3 ? { python } : {};
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

export interface RunPythonOptions {
  readonly signal?: AbortSignal;
  /** ms; 20 s by default. */
  readonly limit?: number;
}

/**
 * Runs a Python program and returns the JSON that it printed. The program and all that it starts end with this process.
 *
 * @throws Error where it does not answer in time, fails (its last words are in the message) or prints something else
 */
export async function runPython(
  python: Python,
  program: URL,
  args: readonly string[] = [],
  { signal, limit = TIME_LIMIT_MS }: RunPythonOptions = {},
): Promise<unknown> {
  const supervisor = fileURLToPath(new URL('./supervise.py', import.meta.url));
  const options = ['-B', supervisor, fileURLToPath(program), ...args]; // -B: no __pycache__ beside the recipes
  const answer = await answerOf(python.name, python.executable, options, limit, signal);
  if (answer === undefined) throw new Error(`Expected ${python.executable} to be there still, got ENOENT`);
  return answer;
}

/** The JSON that a command prints, undefined where there is no such command. */
async function answerOf(
  name: string,
  program: string,
  args: readonly string[],
  limit: number,
  signal?: AbortSignal,
): Promise<unknown> {
  // A group of its own, so that it can be ended with all its children; stdin is the lifeline of `supervise.py`.
  const child = spawn(program, args, { detached: process.platform !== 'win32', stdio: 'pipe', windowsHide: true });
  const end = (): void => endGroup(child);
  running.add(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-2_000)));
  child.stdin.on('error', () => {}); // it may be gone already

  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end();
  }, limit);
  signal?.addEventListener('abort', end);
  try {
    const [code, death] = (await once(child, 'close')) as [number | null, string | null];
    signal?.throwIfAborted();
    if (late) throw new Error(`${name} did not answer within ${limit / 1_000} s`);
    if (code !== 0) throw new Error(`${name} ended with ${death ?? `exit code ${code}`}: ${lastLine(errors)}`);
    return parse(name, output);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
    running.delete(child);
    end(); // it may have left children behind
  }
}

function parse(name: string, output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    throw new Error(`Expected ${name} to print JSON, got ${JSON.stringify(output.trim().slice(0, 60))}`);
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) || 'it said nothing';
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(endGroup));

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: all of it has ended
  }
}
