// Claim      `terminate()` ends a thread in an endless loop within milliseconds. No `finally` of it runs, and the lock that
//            it held stays held, until somebody gives it back in its name.
// Mechanism  V8 stops the thread's JavaScript at the next jump backwards or call, and unwinds it without running any of
//            it. Shared memory knows nothing of threads: what the dead one wrote stays written.
// Use when   a thread runs what you cannot trust to end: a user's expression, a search without a bound.
// Do not     kill where you can ask. What a lock protected may be half changed: check or rebuild it before you recover
//            the lock. A process gives back files, sockets and memory too when it is killed; a thread does not.
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

/** How far a loop is: it holds the lock and loops, or its `finally` has run. */
export const LOOPING = 1;
export const CLEANED_UP = 2;

export interface Loop {
  readonly thread: Worker;
  readonly memory: SharedWords;
}

/** Starts a thread that takes the lock and loops under it; resolves once it does. A deaf one never looks at STOP. */
export async function startLoop({ deaf }: { readonly deaf: boolean }): Promise<Loop> {
  const memory = sharedWords(3);
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { memory, deaf }, execArgv: [] });
  await once(thread, 'message');
  return { thread, memory };
}

/** Ends the thread, and no more than that. */
export async function kill({ thread }: Loop): Promise<void> {
  await thread.terminate();
}

/** Ends the thread and gives back the lock that it held. Returns whether it held it: then check what it protected. */
export async function killAndRecover({ thread }: Loop, mutex: Mutex): Promise<boolean> {
  const { threadId } = thread; // -1 once it has ended
  await thread.terminate();
  return mutex.recover(threadId); // only now: a moment earlier it might still have been inside
}

/** Asks the thread to end, so that its `finally` runs. Returns whether it did within `patience` ms; kills it if not. */
export async function askThenKill({ thread, memory }: Loop, patience: number): Promise<boolean> {
  const ended = once(thread, 'exit');
  const killer = setTimeout(() => void thread.terminate(), patience);
  Atomics.store(memory, STOP, 1);
  await ended;
  clearTimeout(killer);
  return Atomics.load(memory, PROGRESS) === CLEANED_UP;
}
