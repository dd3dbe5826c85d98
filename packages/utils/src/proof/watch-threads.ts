// The threads that a function starts, and the messages between it and them: whether more threads did the work, which its
// result does not show.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';

/** A thread that was started, with the messages in their order. */
export interface SeenThread {
  readonly sent: readonly unknown[];
  readonly received: readonly unknown[];
}

/** The threads that this one starts during `work`. What `work` throws passes through. */
export async function watchThreads(work: () => Promise<unknown>): Promise<SeenThread[]> {
  const seen: SeenThread[] = [];
  const add = (message: unknown): void => void seen.push(observe((message as { worker: Worker }).worker));
  subscribe('worker_threads', add);
  try {
    await work();
  } finally {
    unsubscribe('worker_threads', add);
  }
  return seen;
}

function observe(worker: Worker): SeenThread {
  const sent: unknown[] = [];
  const received: unknown[] = [];
  const post = worker.postMessage.bind(worker);
  worker.postMessage = (message: unknown, transferred?: never) => {
    sent.push(message);
    post(message, transferred);
  };
  worker.on('message', (message) => received.push(message));
  return { sent, received };
}
