// Claim      Two threads that each print 0 to 4 deliver ten lines before they exit, each thread's in order.
// Mechanism  Every Worker is a thread with an event loop. Messages of one arrive in order; nothing orders those of two.
// Use when   you want to see threads start, work and end.
// Do not     start a thread for each small task: keep threads, as `cpu-scaling` does.
// Copy       recipe.ts, worker.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts hello-threads

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A line that a thread has to print. */
export interface Line {
  readonly name: string;
  readonly threadId: number;
  readonly number: number;
}

/**
 * Starts a thread for each name; resolves with all lines, in the order of their arrival, once every thread has ended.
 *
 * @throws the error of a thread, or an Error where one ends with another exit code than 0; the others have ended by then too
 */
export async function helloThreads(names: readonly string[], print: (line: Line) => void): Promise<Line[]> {
  const lines: Line[] = [];
  const threads = names.map(
    (name) => new Worker(new URL('./worker.ts', import.meta.url), { workerData: name, execArgv: [] }),
  );

  for (const thread of threads) {
    thread.on('message', (line: Line) => {
      lines.push(line);
      print(line);
    });
  }

  // The "join" of other languages is the exit event: every message of a thread arrives before it.
  const ends = threads.map(async (thread) => {
    const [code] = await once(thread, 'exit');
    if (code !== 0) throw new Error(`Expected the thread to end with exit code 0, got ${code}`);
  });
  await Promise.allSettled(ends);
  await Promise.all(ends);
  return lines;
}
