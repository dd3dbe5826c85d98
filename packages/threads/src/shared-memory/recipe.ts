// Claim      A worker changes copies of objects, arrays, module variables and the environment; only a SharedArrayBuffer is
//            one memory.
// Mechanism  Every Worker has its own heap. `postMessage` clones, a transfer moves, and a SharedArrayBuffer is mapped into
//            both heaps.
// Use when   several threads read and write numbers, or a large buffer moves.
// Do not     share where a message would do: sharing needs `Atomics` or locks.
// Copy       recipe.ts, module-state.ts, worker.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts shared-memory

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { visit, visitsSoFar } from './module-state.ts';

/** What is posted to the worker, which adds 1 to it, or sets the variable. */
export interface Given {
  readonly object?: { count: number };
  readonly numbers?: Int32Array | undefined;
  readonly environmentVariable?: string;
}

/** What the worker has after its change; `visits` is of its own copy of the module. */
export interface Answer {
  readonly count: number | undefined;
  readonly visits: number;
  readonly numbers: Int32Array | undefined;
}

/** The value on either side after the change of the worker. */
export interface Sides {
  readonly sender: number | undefined;
  readonly worker: number | undefined;
}

const ENVIRONMENT_VARIABLE = 'COOKBOOK_SHARED_MEMORY';

/** Passes something to a worker in every way, has it add 1, and returns what both sides have afterwards. */
export async function handOver() {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
  const ask = async (given: Given, transfer: ArrayBuffer[] = []): Promise<Answer> => {
    const answer = once(thread, 'message'); // rejects where the thread fails
    thread.postMessage(given, transfer);
    return ((await answer) as [Answer])[0];
  };
  try {
    const object = { count: 0 };
    const ofObject = await ask({ object });

    const copied = new Int32Array(1);
    const ofCopied = await ask({ numbers: copied });

    const sent = new Int32Array(1);
    const ofSent = await ask({ numbers: sent }, [sent.buffer]);

    const shared = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const ofShared = await ask({ numbers: shared });

    const visits = visit();
    const { visits: ofModule } = await ask({ environmentVariable: ENVIRONMENT_VARIABLE });

    return {
      object: { sender: object.count, worker: ofObject.count },
      copied: { sender: copied[0], worker: ofCopied.count },
      // Its memory has left this thread, and returns with the answer.
      transferred: { sender: sent[0], worker: ofSent.count },
      bytesLeft: sent.byteLength,
      back: ofSent.numbers?.[0],
      shared: { sender: shared[0], worker: ofShared.count },
      // The worker has been visited five times: had it shared the module, this thread would see six.
      module: { sender: visitsSoFar() - visits, worker: ofModule },
      environmentVariable: process.env[ENVIRONMENT_VARIABLE],
    };
  } finally {
    await thread.terminate();
  }
}
