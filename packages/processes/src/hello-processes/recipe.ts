// Claim      Two processes that send five lines each deliver all ten, each in its own order.
// Mechanism  fork() starts another Node.js, with memory of its own and a channel. A channel keeps the order of its
//            messages; two channels have none between them.
// Use when   you learn how a process starts and ends.
// Do not     start one for each small task: each takes tens of milliseconds.
// Copy       recipe.ts, child.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts hello-processes

import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A line that a process has to print. */
export interface Line {
  readonly name: string;
  readonly pid: number;
  readonly number: number;
}

/**
 * Starts a process for each name; resolves with all lines, in the order of their arrival, once every process is gone.
 *
 * @throws Error where a process ends with another exit code than 0, or by a signal; the others are gone by then too
 */
export async function helloProcesses(names: readonly string[], print: (line: Line) => void): Promise<Line[]> {
  const lines: Line[] = [];
  const children = names.map((name) => fork(new URL('./child.ts', import.meta.url), [name], { execArgv: [] }));

  for (const child of children) {
    child.on('message', (line: Line) => {
      lines.push(line);
      print(line);
    });
  }

  // The "join": unlike a thread's, a process's exit event may come before its last messages; they have all arrived once
  // the channel is closed too.
  const ends = children.map(async (child) => {
    const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
    if (code !== 0) {
      throw new Error(`Expected the process to end with exit code 0, got ${signal ?? `exit code ${code}`}`);
    }
  });
  await Promise.allSettled(ends);
  await Promise.all(ends);
  return lines;
}
