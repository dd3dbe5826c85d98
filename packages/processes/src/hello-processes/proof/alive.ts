// How many child processes are alive at the same time: the lines alone do not show whether one waited for the other.

import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** The most processes of this program that were alive at once during `work`: started, and their end not yet seen. */
export async function mostAlive(work: () => Promise<unknown>): Promise<number> {
  let [alive, most] = [0, 0];
  const started = (message: unknown): void => {
    most = Math.max(most, ++alive);
    (message as { process: ChildProcess }).process.once('exit', () => alive--);
  };
  subscribe('child_process', started);
  try {
    await work();
  } finally {
    unsubscribe('child_process', started);
  }
  return most;
}
