// A forked process that ends with its parent, even in the middle of a loop that never lets it hear of anything.

import { fstatSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/**
 * Ends this process by SIGKILL once its stdin closes, which the system does when the parent is gone, however it went.
 *
 * A listener for `disconnect` does that for a process whose event loop turns. One that computes hears of nothing until
 * it is done; so a thread beside it listens. Fork with `stdio: ['pipe', ...]`, and leave stdin to this thread.
 *
 * @param grace ms between the two, for an orderly end: a process whose loop turns hears of its channel's closing, and
 *   takes its children and folders with it
 * @throws Error where stdin is no pipe: it would close at once, or never
 */
export function endWithParent({ grace = 0 }: { readonly grace?: number } = {}): void {
  const stdin = fstatSync(0);
  if (!stdin.isFIFO() && !stdin.isSocket()) throw new Error('Expected stdin to be a pipe to the parent, it is not');
  new Worker(new URL('./lifeline-worker.ts', import.meta.url), { execArgv: [], workerData: { grace } }).unref();
}
