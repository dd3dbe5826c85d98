// Claim      What a worker changes shows here only where memory is shared, not in clones or transferred buffers.
// Mechanism  postMessage clones. A transferred ArrayBuffer moves; a SharedArrayBuffer is one memory in both.
// Use when   clone small data, transfer large data that is done with, share what both work on.
// Do not     expect a worker to fill the object that it was sent.
// Copy       recipe.ts, worker.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts across-threads

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

interface Answer {
  /** The first number as the worker sees it after it added 1. */
  readonly first: number;
  readonly numbers: Int32Array;
}

export async function trap() {
  // #region trap
  const numbers = new Int32Array([10, 20, 30]);
  const answer = await addOneInWorker(numbers); // cloned
  // #endregion
  return { numbers, answer };
}

export async function fix() {
  // #region fix
  let numbers: Int32Array = new Int32Array([10, 20, 30]);
  ({ numbers } = await addOneInWorker(numbers)); // what it sent back
  // #endregion
  return { numbers };
}

export async function cheaperFix() {
  // #region cheaper
  const numbers = new Int32Array(new SharedArrayBuffer(12));
  numbers.set([10, 20, 30]);
  const answer = await addOneInWorker(numbers); // shared: no copy
  // #endregion
  return { numbers, answer };
}

/** Moved: the worker has it, the sender is left with an empty array. */
export async function transfer() {
  // #region transfer
  const numbers = new Int32Array([10, 20, 30]);
  const answer = await addOneInWorker(numbers, [numbers.buffer]);
  // #endregion
  return { numbers, answer };
}

async function addOneInWorker(numbers: Int32Array, transferred: readonly ArrayBuffer[] = []): Promise<Answer> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
  const end = once(worker, 'exit');
  try {
    worker.postMessage(numbers, transferred);
    const [answer] = (await once(worker, 'message')) as [Answer];
    return answer;
  } finally {
    await worker.terminate();
    await end;
  }
}
