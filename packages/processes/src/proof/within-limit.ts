// Work that starts processes and threads which may never end, where what is to end them fails: it gets a time limit, and
// what it leaves is ended, so that the measurement comes to an end, and the program too.

import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
import { within } from '@cookbook/lab/race';

/**
 * The result of `work`. Processes and threads that this thread has started meanwhile, and that are still there when this
 * settles, are ended.
 *
 * @param limit ms
 * @param what names the work in the error
 * @throws Error where the time is over, and whatever `work` throws
 */
export async function withinLimit<T>(work: () => Promise<T>, limit: number, what: string): Promise<T> {
  const children = new Set<ChildProcess>();
  const threads = new Set<Worker>();
  const addChild = (message: unknown): void => void children.add((message as { process: ChildProcess }).process);
  const addThread = (message: unknown): void => void threads.add((message as { worker: Worker }).worker);
  subscribe('child_process', addChild);
  subscribe('worker_threads', addThread);
  try {
    return await within(work(), limit, what);
  } finally {
    unsubscribe('child_process', addChild);
    unsubscribe('worker_threads', addThread);
    for (const child of children) child.kill('SIGKILL');
    for (const thread of threads) void thread.terminate();
  }
}
