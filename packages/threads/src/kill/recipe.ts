// Claim      `terminate()` ends a thread in an endless loop within milliseconds. No `finally` runs, and its lock stays held.
// Mechanism  V8 stops JavaScript at the next loop iteration or call. Shared memory stays as it was written.
// Use when   a thread runs what may never end.
// Do not     kill a thread that can be asked. What its lock protected may be half changed: check before recovery.
// Copy       recipe.ts, worker.ts, ../mutex/recipe.ts, ../mutex/shared-words.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts kill

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Mutex } from '../mutex/recipe.ts';
import { sharedWords } from '../mutex/shared-words.ts';
import type { SharedWords } from '../mutex/shared-words.ts';

// The words of a loop: its lock, whether it has been asked to stop, how far it is.
export const LOCK = 0;
export const STOP = 1;
export const PROGRESS = 2;

/** The values of PROGRESS: the loop holds the lock and runs, or its `finally` has run. */
export const LOOPING = 1;
export const CLEANED_UP = 2;

export interface Loop {
  readonly thread: Worker;
  readonly memory: SharedWords;
}

/** Starts a thread that takes the lock and loops under it; resolves once it does. It may ignore STOP, and loop for ever. */
export async function startLoop({ ignoresStop }: { readonly ignoresStop: boolean }): Promise<Loop> {
  const memory = sharedWords(3);
  const workerData = { memory, ignoresStop };
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData, execArgv: [] });
  await once(thread, 'message');
  return { thread, memory };
}

/** Ends the thread, and does nothing about what it held. */
export async function kill({ thread }: Loop): Promise<void> {
  await thread.terminate();
}

/** Ends the thread and gives back the lock that it held. Returns whether it held it: then check what it protected. */
export async function killAndRecover({ thread }: Loop, mutex: Mutex): Promise<boolean> {
  const { threadId } = thread; // -1 once it has ended
  await thread.terminate();
  return mutex.recover(threadId); // only now: a moment earlier it might still have been inside
}

/** Asks the thread to end, so that its `finally` runs. Returns whether it did within `timeLimit` ms; kills it if not. */
export async function askThenKill({ thread, memory }: Loop, timeLimit: number): Promise<boolean> {
  const ended = once(thread, 'exit');
  const killer = setTimeout(() => void thread.terminate(), timeLimit);
  Atomics.store(memory, STOP, 1);
  await ended;
  clearTimeout(killer);
  return Atomics.load(memory, PROGRESS) === CLEANED_UP;
}
