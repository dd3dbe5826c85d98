// numpy as a contestant of the benchmark: a process that is asked for one run at a time.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Numpy extends AsyncDisposable {
  readonly version: string;
  /** ms of one run, by its own clock, and what it found. */
  run(): Promise<{ ms: number; found: number }>;
}

/**
 * Starts numpy on as many random doubles, of which the one at `place` is 2.
 *
 * @returns undefined where this Python has no numpy, or is none
 */
export async function startNumpy(python: string, length: number, place: number): Promise<Numpy | undefined> {
  const program = fileURLToPath(new URL('./time_numpy.py', import.meta.url));
  const child = spawn(python, ['-B', program, String(length), String(place)], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close').catch(() => {}); // no such command
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string[] | undefined> => {
    const { value, done } = await answers.next();
    return done ? undefined : value.split(' ');
  };
  const [, version] = (await next()) ?? [];
  if (version === undefined) return undefined;
  return {
    version,
    async run() {
      child.stdin.write('\n');
      const [ms, found] = (await next()) ?? [];
      if (ms === undefined) throw new Error('Expected numpy to answer, it ended');
      return { ms: Number(ms), found: Number(found) };
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}
