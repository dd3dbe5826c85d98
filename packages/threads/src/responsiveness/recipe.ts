// Claim      A computation inline stops the event loop for its duration; in a worker, or in slices, it does not.
// Mechanism  A JavaScript thread does one thing at a time, and its event loop turns between two.
// Use when   a thread that answers requests computes for over 10 ms.
// Do not     expect an async function to help: without an `await` on something slow it is inline.
// Copy       recipe.ts, worker.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts responsiveness

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Answer } from './worker.ts';

/** Work that yields wherever it may be interrupted, and returns its result. */
export type Steps<Output> = Generator<void, Output>;

/** Computes on the thread of the caller, whose event loop stands still meanwhile. */
export async function inline<Output>(steps: Steps<Output>): Promise<Output> {
  // `async` and yet blocking: there is nothing here to wait for.
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Computes on the thread of the caller, in slices of so many ms with a turn of the event loop after each. A step that takes
 * longer is not cut.
 *
 * @throws RangeError where `ms` is not a number above 0
 */
export async function inSlices<Output>(steps: Steps<Output>, ms = 10): Promise<Output> {
  if (!(ms > 0)) throw new RangeError(`Expected \`ms\` to be a number above 0, got ${ms}`);
  for (let end = performance.now() + ms; ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() < end) continue;
    await turnOfTheLoop();
    end = performance.now() + ms;
  }
}

/**
 * Runs the default export of a module on a thread of its own, which ends with the work: so do the timers that it leaves.
 *
 * @throws what the work throws, or the module when it is loaded; the reason of the signal, which ends the thread
 * @throws DOMException 'DataCloneError' where the input or the output cannot be cloned
 * @throws Error where the thread ends without an output, with its exit code
 */
export async function inWorker<Output>(
  task: URL,
  input: unknown,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Output> {
  signal?.throwIfAborted();
  const workerData = { task: task.href, input };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, execArgv: [] });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const abort = (): void => reject(signal!.reason);
  signal?.addEventListener('abort', abort);
  worker.once('message', resolve); // it arrives before the exit
  worker.on('error', reject);
  worker.once('exit', (code) => reject(new Error(`Expected an output of the thread, it ended with exit code ${code}`)));
  try {
    const answer = await promise;
    if ('output' in answer) return answer.output as Output;
    throw new DOMException(answer.uncloneable, 'DataCloneError');
  } finally {
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  }
}
