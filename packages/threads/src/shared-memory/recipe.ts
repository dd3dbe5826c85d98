// Claim      Of an object, an array of numbers, a module's variable and the environment, a worker changes a copy: the sender
//            sees none of its changes. A transferred buffer leaves its sender; only a SharedArrayBuffer is one memory.
// Mechanism  Every Worker has a heap of its own. `postMessage` clones what it is given, a transfer moves the memory, and a
//            SharedArrayBuffer alone is mapped into both heaps.
// Use when   SharedArrayBuffer: numbers that several threads read and write; transfer: a large result that changes hands.
// Do not     share where a message would do: what is shared needs `Atomics` or a lock, see `race` and `mutex`.
// Run        pnpm tsx packages/threads/src/main.ts shared-memory

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { visit, visitsSoFar } from './module-state.ts';

/** What the worker is given: it adds 1 to it, or sets it. */
export interface Given {
  readonly object?: { count: number };
  readonly numbers?: Int32Array | undefined;
  readonly environmentVariable?: string;
}

/** What the worker has then; `visits` of its own copy of the module. */
export interface Answer {
  readonly count: number | undefined;
  readonly visits: number;
  readonly numbers: Int32Array | undefined;
}

/** What the two sides have after the worker's change, for each way to hand something over. */
export interface Sides {
  readonly sender: number | undefined;
  readonly worker: number | undefined;
}

const ENVIRONMENT_VARIABLE = 'COOKBOOK_SHARED_MEMORY';

/** Hands things over in every way to one worker, which adds 1 to each, and looks at what the sender has afterwards. */
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
      // Its memory is gone from here, and is back in the answer.
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
