// Claim      A process takes longer than a thread until its first message, and more memory of its own; a thread is far
//            from free; an async task costs about nothing of either. A warm compile cache saves much of both start-ups.
// Mechanism  A process is a whole Node.js: an address space, an isolate, a loop, its own copies of what it writes to. A
//            thread has an isolate and a loop, in memory that is there already. A task is an object on the heap.
// Use when   you decide how many to start: the memory of one more is what to multiply.
// Do not     add up resident sets: pages that all processes share would be counted for each. Proportional sets add up.
// Run        pnpm tsx packages/processes/src/main.ts footprint

import { fork } from 'node:child_process';
import { Worker } from 'node:worker_threads';

export const KINDS = ['thread', 'process', 'async task'] as const;
export type Kind = (typeof KINDS)[number];

/** One that has sent its first message, and waits for more. */
export interface Resident {
  /** Undefined where it lives in this process. */
  readonly pid: number | undefined;
  end(): Promise<unknown>;
}

/** Starts one, and resolves with its first message. */
export function start(kind: Kind): Promise<Resident> {
  return kind === 'thread' ? startThread() : kind === 'process' ? startProcess() : startTask();
}

async function startThread(): Promise<Resident> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
  await first(worker);
  return { pid: undefined, end: () => worker.terminate() };
}

async function startProcess(): Promise<Resident> {
  const child = fork(new URL('./child.ts', import.meta.url), { execArgv: [] });
  await first(child);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return {
    pid: child.pid,
    end: () => {
      if (child.connected) child.send('end'); // it ends by itself then: a killed process leaves no compile cache
      return gone;
    },
  };
}

/** A task that waits as the other two do; what it waits for keeps it in memory. */
async function startTask(): Promise<Resident> {
  const ready = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  const task = async (): Promise<void> => {
    ready.resolve();
    await told.promise;
  };
  const done = task();
  await ready.promise;
  return {
    pid: undefined,
    end: () => {
      told.resolve();
      return done;
    },
  };
}

/** The first message, or the error of one that ends without any. */
function first(peer: Worker | ReturnType<typeof fork>): Promise<void> {
  return new Promise((resolve, reject) => {
    (peer as Worker).once('message', () => resolve());
    (peer as Worker).once('error', reject);
    (peer as Worker).once('exit', (code) => reject(new Error(`Expected a first message, got exit code ${code}`)));
  });
}
