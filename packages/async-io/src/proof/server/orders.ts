// Sends orders to the server's process, and hands each its reply.

import type { ChildProcess } from 'node:child_process';
import type { Order, Orders, Reply } from './protocol.ts';

/**
 * Gives an order, and resolves with the reply.
 *
 * @throws Error with what the process says went wrong, or where it has ended
 */
export type Ask = <What extends keyof Orders>(
  what: What,
  given: Orders[What]['given'],
) => Promise<Orders[What]['reply']>;

/** Replies may overtake one another: a server that stops is asked for its counts meanwhile. */
export function ordersTo(child: ChildProcess): Ask {
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  child.on('message', (message: Reply) => {
    const order = pending.get(message.id);
    pending.delete(message.id);
    if ('error' in message) order?.reject(new Error(message.error));
    else order?.resolve(message.reply);
  });
  child.on('exit', () => {
    for (const order of pending.values()) order.reject(gone());
    pending.clear();
  });
  return (what, given) => {
    if (!child.connected) return Promise.reject(gone());
    const order = Promise.withResolvers<unknown>();
    const id = ++last;
    pending.set(id, order);
    child.send({ id, what, given } satisfies Order, (error) => {
      if (error && pending.delete(id)) order.reject(error);
    });
    return order.promise as Promise<Orders[typeof what]['reply']>;
  };
}

function gone(): Error {
  return new Error('Expected the server to be running, but it has ended');
}
