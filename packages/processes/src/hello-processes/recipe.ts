// Claim      Two processes that each print 0 to 4 finish all ten lines, each in its own order, each with a pid of its own.
// Mechanism  fork() starts a new Node.js with an event loop, memory and garbage collector of its own, and a channel for
//            messages. A channel keeps the order of its messages; nothing orders two channels against one another.
// Use when   you want to see the life of a process once: start, work, join.
// Do not     start a process for each small task: it costs tens of milliseconds and megabytes.
// Run        pnpm tsx packages/processes/src/main.ts hello-processes

import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A line that a process has to print. */
export interface Line {
  readonly name: string;
  readonly pid: number;
  readonly number: number;
}

/** Starts a process for each name; resolves with all lines, in the order of their arrival, once every process is gone. */
export async function helloProcesses(names: readonly string[], print: (line: Line) => void): Promise<Line[]> {
  const lines: Line[] = [];
  const children = names.map((name) => fork(new URL('./child.ts', import.meta.url), [name], { execArgv: [] }));

  for (const child of children) {
    child.on('message', (line: Line) => {
      lines.push(line);
      print(line);
    });
  }

  // The "join": unlike a thread's, a process's exit event may overtake its last messages; they have all arrived when
  // the channel closes too.
  const ends = children.map(async (child) => {
    const [[code]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
    if (code !== 0) throw new Error(`Expected the process to end with exit code 0, got ${code}`);
  });
  await Promise.all(ends);
  return lines;
}
