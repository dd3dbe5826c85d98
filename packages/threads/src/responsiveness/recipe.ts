// Claim      A computation inline stops the event loop for as long as it takes: no timer fires, no request is answered.
//            In a worker, or cut into slices, it does not: the loop goes on turning.
// Mechanism  A JavaScript thread does one thing at a time, and its event loop turns between two things, never within
//            one. A worker has a thread and an event loop of its own.
// Use when   a thread that answers people or requests has more than some 10 ms of computing to do.
// Do not     expect an async function to help: without an `await` on something slow it is inline. Slices need no thread,
//            but the work has to be cut by hand, and it takes turns with everything else on one core.
// Run        pnpm tsx packages/threads/src/main.ts responsiveness

import { once } from 'node:events';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { runUnit } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';

/** Computes on the thread of the caller, whose event loop stands still meanwhile. */
export async function inline(unit: Unit): Promise<void> {
  runUnit(unit); // `async` and yet blocking: there is nothing here to wait for
}

/** Computes on a thread of its own, which ends with the work. An error of the work rejects. */
export async function inWorker(unit: Unit): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: unit, execArgv: [] });
  const [code] = await once(worker, 'exit');
  if (code !== 0) throw new Error(`Expected the worker to finish, but it ended with exit code ${code}`);
}

/**
 * Computes on the thread of the caller, in slices of so many ms with a turn of the event loop after each.
 *
 * @throws RangeError where `ms` is not a number above 0
 */
export async function inSlices(unit: Unit, ms = 10): Promise<void> {
  if (!(ms > 0)) throw new RangeError(`Expected \`ms\` to be a number above 0, got ${ms}`);
  const piece = { ...unit, repeats: 1 };
  let end = performance.now() + ms;
  for (let done = 0; done < unit.repeats; done++) {
    runUnit(piece);
    if (performance.now() < end) continue;
    await turnOfTheLoop();
    end = performance.now() + ms;
  }
}
