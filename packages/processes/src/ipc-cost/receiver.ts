// The messages of a thread or a process, each to one who waits for it.

import type { EventEmitter } from 'node:events';

/** Each message resolves one `receive`, in their order; one that comes without is lost. */
export function receiver(peer: EventEmitter): () => Promise<unknown> {
  const open: PromiseWithResolvers<unknown>[] = [];
  let ended = false;
  const fail = (error: Error): void => open.splice(0).forEach(({ reject }) => reject(error));
  peer.on('message', (message) => open.shift()?.resolve(message));
  peer.on('error', fail);
  peer.once('exit', (code: number | null, signal?: string | null) => {
    ended = true;
    fail(new Error(`Expected a message, but the other side ended with ${signal ?? `exit code ${code}`}`));
  });
  return async () => {
    if (ended) throw new Error('Expected a message, but the other side has ended');
    const received = Promise.withResolvers<unknown>();
    open.push(received);
    return received.promise;
  };
}
