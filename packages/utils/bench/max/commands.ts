// The commands that the benchmark compares, each a process of its own that prints the largest value of a column.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const MAIN = pathOf('../../src/max/main.ts');
const ROOT = pathOf('../../../../');
const TSX = pathOf('../../../../node_modules/tsx/dist/cli.mjs');

/** A command of the comparison. */
export interface ComparedCommand {
  readonly name: string;
  /** The program and its arguments for a file whose second column is `value`. */
  readonly line: (file: string) => readonly [program: string, ...args: string[]];
}

const ours = (file: string, ...more: string[]): [string, ...string[]] => [MAIN, file, '--column', 'value', ...more];

const awk = (name: string): ComparedCommand => ({
  name,
  line: (file) => [name, '-F,', 'NR>1 && $2>m {m=$2} END{print m}', file],
});

/** What is compared with max: each a whole command on a file. */
export function commandsOf(threads: number): ComparedCommand[] {
  return [
    { name: 'max', line: (file) => [process.execPath, ...ours(file)] },
    { name: 'max, one thread', line: (file) => [process.execPath, ...ours(file, '--threads', '1')] },
    {
      name: `max, ${threads} threads`,
      line: (file) => [process.execPath, ...ours(file, '--threads', String(threads))],
    },
    awk('mawk'),
    awk('gawk'),
    { name: "Python's csv", line: (file) => ['python3', '-B', pathOf('./csv_max.py'), file, 'value'] },
  ];
}

/** The ways in which max is started: for a file of one row, all that they take is start-up. */
export function startsOf(): ComparedCommand[] {
  return [
    { name: 'node, an empty program', line: () => [process.execPath, '-e', ''] },
    { name: 'node main.ts', line: (file) => [process.execPath, ...ours(file)] },
    ...(existsSync(TSX)
      ? [{ name: 'tsx main.ts', line: (file: string) => [process.execPath, TSX, ...ours(file)] as const }]
      : []),
    { name: 'pnpm tsx main.ts', line: (file) => ['pnpm', 'tsx', ...ours(file)] },
  ];
}

/**
 * Runs a command once.
 *
 * @returns its wall-clock time in ms, and what it printed; undefined where there is no such program
 * @throws Error where it fails
 */
export async function runCommand(
  command: ComparedCommand,
  file: string,
): Promise<{ ms: number; out: string } | undefined> {
  const [program, ...args] = command.line(file);
  const start = performance.now();
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  try {
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (child.exitCode !== 0) throw new Error(`Expected ${command.name} to end with 0, got ${child.exitCode}: ${err}`);
    return { ms: performance.now() - start, out };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
