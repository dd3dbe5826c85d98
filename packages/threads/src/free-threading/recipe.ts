// Claim      Threads reach the speedup of forked processes, and each takes less start-up work and less memory.
// Mechanism  No lock admits one thread at a time. A thread is one more V8 isolate; a process, another Node.
// Use when   one program computes in parallel.
// Do not     take threads where a crash, a memory limit or a kill has to be contained: take processes.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts free-threading

import { fork } from 'node:child_process';
import type { ForkOptions } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A thread or a process that has sent its first message, by which it says that it is ready. */
export interface Started<Message> {
  /** The thread's is that of this process. */
  readonly pid: number;
  readonly message: Message;
  /** Ends it at once, whatever it is doing. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a process for a module, with these arguments on its command line. The signal of its options ends it, whenever it
 * aborts.
 *
 * @throws Error where it ends before its first message, with its exit code or signal; or the reason of the signal
 */
export async function startProcess<Message>(
  module: URL,
  args: readonly string[] = [],
  options: ForkOptions = {},
): Promise<Started<Message>> {
  options.signal?.throwIfAborted();
  const child = fork(module, args, { execArgv: [], killSignal: 'SIGKILL', ...options });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    if (child.pid !== undefined) await gone;
  };
  try {
    return { pid: child.pid!, message: await firstMessage<Message>('process', child), stop };
  } catch (error) {
    await stop();
    throw options.signal?.aborted ? options.signal.reason : error;
  }
}

/**
 * Starts a thread for a module: the same, with less to start.
 *
 * @throws Error where it ends before its first message, and whatever the module throws until then
 */
export async function startThread<Message>(module: URL, workerData?: unknown): Promise<Started<Message>> {
  const thread = new Worker(module, { workerData, execArgv: [] });
  const message = await firstMessage<Message>('thread', thread);
  return { pid: process.pid, message, stop: async () => void (await thread.terminate()) };
}

/** A later error ends the thread or the process, and not this program. */
function firstMessage<Message>(name: string, peer: EventEmitter): Promise<Message> {
  const { promise, resolve, reject } = Promise.withResolvers<Message>();
  peer.once('message', resolve);
  peer.on('error', reject);
  peer.once('exit', (code: number | null, signal?: string | null) =>
    reject(new Error(`Expected the ${name} to start, but it ended with ${signal ?? code}`)),
  );
  return promise;
}
