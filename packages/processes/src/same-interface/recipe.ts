// Claim      One function runs the same task file in a thread or a process: same answers, errors and end.
// Mechanism  Worker and ChildProcess both take messages, emit `message`, `error` and `exit`, and can be ended.
//            'advanced' serialization keeps the types that a thread's messages keep.
// Use when   the choice between the two is open.
// Do not     pass shared memory: only threads get it.
// Copy       recipe.ts, answer.ts, child.ts, errors.ts, worker.ts, ../end-with-parent/recipe.ts,
//            ../end-with-parent/worker.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts same-interface

import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { forkWithPipe } from '../end-with-parent/recipe.ts';
import { fromWire, naming } from './errors.ts';
import type { Answer } from './errors.ts';

export type Place = 'thread' | 'process';

export interface TaskOptions {
  readonly in: Place;
  /** Ends the task, wherever it is; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the default export of `file` on `input`, in a thread or a process of its own, which is gone when this settles. What
 * the task holds open (files, sockets) is not awaited once it has answered.
 *
 * @throws what the task throws, its timers included: an error with its name, message, stack, causes and own properties, as
 *   the same built-in class
 * @throws DOMException 'DataCloneError' where the input, the output or what is thrown cannot be cloned
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
  const child = forkWithPipe(new URL('./child.ts', import.meta.url), [], { serialization: 'advanced' });
  return {
    peer: child,
    send: (message) => void naming(() => child.send(message)),
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
