// Claim      Threads reach the speedup of forked processes, and each takes less start-up work and less memory.
// Mechanism  No lock admits one thread at a time. A thread is one more V8 isolate; a process, another Node.
// Use when   one program computes in parallel.
// Do not     take threads where a crash, a memory limit or a kill has to be contained: take processes.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts free-threading

import { fork } from 'node:child_process';
import type { ForkOptions } from 'node:child_process';
import { once } from 'node:events';
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
 * Starts a process for a module, with these arguments on its command line.
 *
 * @throws Error where it ends before its first message
 */
export async function startProcess<Message>(
  module: URL,
  args: readonly string[] = [],
  options: ForkOptions = {},
): Promise<Started<Message>> {
  const child = fork(module, args, { execArgv: [], ...options });
  const gone = once(child, 'exit');
  const ready = once(child, 'message');
  const [message] = (await Promise.race([ready, gone.then(([code]) => refuse('process', code))])) as [Message];
  return {
    pid: child.pid!,
    message,
    async stop() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/**
 * Starts a thread for a module: the same, with less to start.
 *
 * @throws Error where it ends before its first message, and whatever the module throws until then
 */
export async function startThread<Message>(module: URL, workerData?: unknown): Promise<Started<Message>> {
  const thread = new Worker(module, { workerData, execArgv: [] });
  const gone = once(thread, 'exit');
  const ready = once(thread, 'message');
  const [message] = (await Promise.race([ready, gone.then(([code]) => refuse('thread', code))])) as [Message];
  return {
    pid: process.pid,
    message,
    async stop() {
      await thread.terminate();
    },
  };
}

function refuse(name: string, code: unknown): never {
  throw new Error(`Expected the ${name} to start, but it ended with ${String(code)}`);
}
