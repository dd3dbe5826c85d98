// Claim      A child process that computes outlives its killed parent. With endWithParent it ends within 500 ms.
// Mechanism  The system closes the child's stdin when its parent is gone. A thread notices that, even while the main
//            thread runs a loop that never yields.
// Use when   a child computes.
// Do not     need it where the event loop turns: a listener for `disconnect` is enough.
// Copy       recipe.ts, worker.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts end-with-parent

import { fork } from 'node:child_process';
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { fstatSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const PIPE = 0o010_000;
const SOCKET = 0o140_000;

/** In the parent: forks a module that calls `endWithParent`, with the pipe that it needs. */
export function forkWithPipe(module: URL, args: readonly string[] = [], options: ForkOptions = {}): ChildProcess {
  return fork(module, args, { execArgv: [], stdio: ['pipe', 'inherit', 'inherit', 'ipc'], ...options });
}

// In the child. The cookbook has this function twice: packages/lab/src/cleanup/lifeline.ts is its twin.

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
  new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [], workerData: { grace } }).unref();
}
