// Claim      Worker threads reach the speedup that forked processes reach, and each more of them takes less start-up work
//            and less memory.
// Mechanism  No lock admits one thread at a time, so threads lose nothing against processes. A thread is one more V8
//            isolate; a process is that, and a second copy of everything that Node sets up around it.
// Use when   threads for parallel computing in one program, with memory to share or to hand over.
// Do not     take threads where a crash, a memory limit or a kill has to be contained: that is what processes are for.
// Run        pnpm tsx packages/threads/src/main.ts free-threading

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A thread or a process that is ready for its first piece of work. */
export interface Started {
  readonly pid: number;
  /** From the call until its first message, ms. */
  readonly startUp: number;
  /** CPU time that it had taken by then, ms. */
  readonly cpu: number;
  stop(): Promise<void>;
}

const module = new URL('./proof/ready-task.ts', import.meta.url);

/** Starts a process. An error of it, or its end before it is ready, rejects. */
export async function startProcess(): Promise<Started> {
  const start = performance.now();
  const child = fork(module, { execArgv: [] });
  const gone = once(child, 'exit');
  const answer = await Promise.race([once(child, 'message'), gone.then(([code]) => dead('process', code))]);
  return {
    pid: child.pid!,
    startUp: performance.now() - start,
    cpu: answer[0] as number,
    async stop() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Starts a thread: the same module, the same first message. */
export async function startThread(): Promise<Started> {
  const start = performance.now();
  const thread = new Worker(module, { execArgv: [] });
  const gone = once(thread, 'exit');
  const answer = await Promise.race([once(thread, 'message'), gone.then(([code]) => dead('thread', code))]);
  return {
    pid: process.pid,
    startUp: performance.now() - start,
    cpu: answer[0] as number,
    async stop() {
      await thread.terminate();
    },
  };
}

function dead(name: string, code: unknown): never {
  throw new Error(`Expected the ${name} to start, but it ended with ${String(code)}`);
}
