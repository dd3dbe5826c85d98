// Claim      After 3 visits counted in a module, importers on this thread read 3; a worker and a fork read 0.
// Mechanism  A module runs once for each module cache. Each process and each worker has its own.
// Use when   state belongs to one thread: a cache, a connection pool.
// Do not     count requests or hold sessions in a module where workers or a cluster run.
// Copy       recipe.ts, child.ts, state.ts, worker.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts across-modules

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type * as state from './state.ts';
import { total, visit, visits } from './state.ts';

const memory = new Int32Array(new SharedArrayBuffer(4));

export async function trap() {
  visits.count = 0;
  // #region trap
  for (let n = 0; n < 3; n++) visit(); // adds 1 to visits.count of state.ts
  const { imported } = await askWorker(); // visits.count in the worker
  // #endregion
  return { here: visits.count, imported };
}

export async function fix() {
  visits.count = 3;
  // #region fix
  // As of now: what changes later is not seen there.
  const { sent } = await askWorker({ sent: visits.count, shared: memory });
  // #endregion
  return { here: visits.count, sent };
}

export async function cheaperFix() {
  // #region cheaper
  const shared = new Int32Array(new SharedArrayBuffer(4));
  Atomics.add(shared, 0, 3);
  await askWorker({ sent: 0, shared }); // adds 1 to the same memory
  // #endregion
  return { here: Atomics.load(shared, 0) };
}

/** What a forked process reads. */
export async function trapInFork(): Promise<number> {
  const child = fork(new URL('./child.ts', import.meta.url), { execArgv: [] });
  try {
    const end = once(child, 'disconnect').then(() => Promise.reject(new Error('Expected an answer of the child')));
    const [count] = (await Promise.race([once(child, 'message'), end])) as [number];
    return count;
  } finally {
    child.kill();
  }
}

/** The same file under another URL is another module, with state of its own. */
export async function instancesOnThisThread() {
  const again = await import('./state.ts');
  const other = (await import(new URL('./state.ts?second', import.meta.url).href)) as typeof state;
  return { same: again.visits === visits, other: other.visits === visits };
}

/** `import { total }` is live; a constant taken from it is a copy of the number. */
export function liveAndCopied() {
  const copied = total;
  visit();
  return { live: total - copied };
}

async function askWorker(workerData = { sent: 0, shared: memory }): Promise<{ imported: number; sent: number }> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, execArgv: [] });
  const [[answer]] = (await Promise.all([once(worker, 'message'), once(worker, 'exit')])) as [[never], unknown];
  return answer;
}
