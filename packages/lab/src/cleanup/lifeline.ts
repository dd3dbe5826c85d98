// A forked process that ends with its parent, even in the middle of a loop that never yields. Its twin, for readers to copy,
// is packages/processes/src/end-with-parent/recipe.ts; a test there compares the two.

import { fstatSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const PIPE = 0o010_000;
const SOCKET = 0o140_000;

/**
 * Ends this process by SIGKILL once its stdin closes, which the system does when the parent is gone, however it went.
 *
 * A listener for `disconnect` does that for a process whose event loop turns. One that computes runs no listener until
 * it is done; so a thread beside it listens. Fork with `stdio: ['pipe', ...]`, and leave stdin to this thread.
 *
 * @param grace ms between the two, for an orderly end: a process whose loop turns gets `disconnect`, and can end its
 *   children and remove its folders
 * @throws Error where stdin is no pipe: it would close at once, or never
 */
export function endWithParent({ grace = 0 }: { readonly grace?: number } = {}): void {
  const kind = fstatSync(0).mode & 0o170_000; // on Windows isFIFO() is false for a pipe too, and the mode is right
  if (kind !== PIPE && kind !== SOCKET) throw new Error('Expected stdin to be a pipe to the parent, it is not');
  new Worker(new URL('./lifeline-worker.ts', import.meta.url), { execArgv: [], workerData: { grace } }).unref();
}
