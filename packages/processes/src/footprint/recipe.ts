// Claim      A process takes 1.1 to 2 times a thread's private memory, and starts later; a thread takes at least 3 MiB, an
//            async task at most 8 KiB.
// Mechanism  A process has an address space, an isolate and an event loop of its own; a thread, the latter two.
// Use when   you decide how many to start.
// Do not     add resident sets: they share pages.
// Copy       recipe.ts, child.ts, worker.ts; Node 22 or newer
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
  const released = Promise.withResolvers<void>();
  const task = async (): Promise<void> => {
    ready.resolve();
    await released.promise;
  };
  const done = task();
  await ready.promise;
  return {
    pid: undefined,
    end: () => {
      released.resolve();
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
