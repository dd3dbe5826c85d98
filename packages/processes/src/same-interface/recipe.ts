// Claim      One function runs one task file in a thread and in a process, unchanged: the same answers, the same errors,
//            stopped in the same way.
// Mechanism  Worker and ChildProcess both take messages, emit `message`, `error` and `exit`, and can be ended from
//            outside. With `serialization: 'advanced'` a process's messages carry the types that a thread's do.
// Use when   you have not decided yet between the two, or leave it to whoever deploys.
// Do not     pass memory that is meant to be shared: only a thread can. Do not start one for every small task: keep a
//            pool. What a task holds open (files, sockets) is not awaited once it has answered.
// Run        pnpm tsx packages/processes/src/main.ts same-interface

import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { fromWire } from './errors.ts';
import type { Answer } from './errors.ts';

export type Place = 'thread' | 'process';

export interface TaskOptions {
  readonly in: Place;
  /** Ends the task, wherever it is; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the default export of `file` on `input`, in a thread or a process of its own, which is gone when this settles.
 *
 * @throws what the task throws, with its message and stack, as the same built-in class
 * @throws Error where the thread or process ends without an answer
 */
export async function runTask<Output>(file: URL, input: unknown, { in: place, signal }: TaskOptions): Promise<Output> {
  signal?.throwIfAborted();
  const { peer, send, end } = place === 'thread' ? startThread() : startProcess();
  let stop: (() => void) | undefined;
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      stop = () => reject(signal?.reason);
      signal?.addEventListener('abort', stop);
      peer.once('message', resolve);
      peer.on('error', reject);
      peer.once('exit', (code: number | null, killedBy?: string | null) =>
        reject(new Error(`Expected an answer of the ${place}, but it ended with ${killedBy ?? `exit code ${code}`}`)),
      );
      send({ file: file.href, input });
    });
    if ('error' in answer) throw fromWire(answer.error);
    return answer.output as Output;
  } finally {
    if (stop) signal?.removeEventListener('abort', stop);
    await end();
  }
}

/** What a thread and a process have in common. */
interface Started {
  readonly peer: EventEmitter;
  readonly send: (message: object) => void;
  readonly end: () => Promise<unknown>;
}

function startThread(): Started {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
  return {
    peer: worker,
    send: (message) => worker.postMessage(message),
    end: () => worker.terminate(),
  };
}

function startProcess(): Started {
  const child = fork(new URL('./child.ts', import.meta.url), {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  return {
    peer: child,
    send: (message) => void child.send(message),
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
