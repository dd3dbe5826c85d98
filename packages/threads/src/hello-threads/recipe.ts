// Claim      Two threads that each print 0 to 4 finish all ten lines; each thread's own lines keep their order, and the
//            order between the two is anybody's guess.
// Mechanism  Every Worker is a thread with an event loop of its own. Its messages arrive in the order in which they
//            were posted; nothing orders those of one thread against those of another.
// Use when   you want to see the life of a thread once: start, work, join.
// Do not     start a thread for each small task: see `cpu-scaling` for threads that are kept.
// Run        pnpm tsx packages/threads/src/main.ts hello-threads

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A line that a thread has to print. */
export interface Line {
  readonly name: string;
  readonly threadId: number;
  readonly number: number;
}

/** Starts a thread for each name; resolves with all lines, in the order of their arrival, once every thread is gone. */
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

  // The "join" of other languages is the exit event. Every message of a thread arrives before it; an error in the
  // thread rejects the promise.
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
  return lines;
}
