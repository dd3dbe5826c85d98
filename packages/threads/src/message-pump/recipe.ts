// Claim      Threads that send an owner one message per change lose no update, without a lock.
// Mechanism  The owner's event loop finishes one message before the next: one command is indivisible, two are not.
// Use when   the state is more than numbers: objects, a Map, a file.
// Do not     use it for a counter: `Atomics.add` is far cheaper; nor split a change over two messages.
// Copy       recipe.ts, owner-task.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts message-pump

import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

/** What the owner understands. It answers with the value that it then has, unless the sender does not want to know. */
export interface Command {
  readonly kind: 'get' | 'set' | 'add';
  readonly value?: number;
  readonly unanswered?: boolean;
}

/** Starts the owner of a number, which is 0 at first. */
export function startOwner() {
  const owner = new Worker(new URL('./owner-task.ts', import.meta.url), { execArgv: [] });
  return {
    owner,
    /** One end of a new line to the owner: use it here, or transfer it to another thread. */
    connect: (): MessagePort => {
      const { port1, port2 } = new MessageChannel();
      owner.postMessage(port2, [port2]);
      return port1;
    },
    close: (): Promise<number> => owner.terminate(),
  };
}

/** The callers that wait at each port: a port's answers come in the order of its questions. */
const waiting = new WeakMap<MessagePort, PromiseWithResolvers<number>[]>();

/**
 * Sends a command and resolves with the answer of the owner; several at once are answered each. Rejects where the owner
 * ends, or the port is closed, before the answer has come.
 */
export function ask(port: MessagePort, command: Command): Promise<number> {
  const callers = waiting.get(port) ?? listen(port);
  const caller = Promise.withResolvers<number>();
  callers.push(caller);
  port.ref(); // a question keeps the program alive until it is answered
  port.postMessage(command);
  return caller.promise;
}

function listen(port: MessagePort): PromiseWithResolvers<number>[] {
  const callers: PromiseWithResolvers<number>[] = [];
  waiting.set(port, callers);
  port.on('message', (value: number) => {
    callers.shift()?.resolve(value);
    if (callers.length === 0) port.unref();
  });
  port.on('close', () => {
    for (const caller of callers.splice(0))
      caller.reject(new Error('Expected an answer of the owner, but its port has closed'));
  });
  return callers;
}

/** Three ways to add 1, so many times. They differ by how many messages one change takes. */
export const ways = {
  /** Loses updates: between its two messages the owner may take those of others. `between` is called there. */
  async 'get, then set'(port: MessagePort, times: number, between: () => void = () => {}) {
    for (let n = 0; n < times; n++) {
      const value = await ask(port, { kind: 'get' });
      between();
      await ask(port, { kind: 'set', value: value + 1 });
    }
  },

  /** Loses none: one change, one message. */
  async add(port: MessagePort, times: number) {
    for (let n = 0; n < times; n++) await ask(port, { kind: 'add', value: 1 });
  },

  /** Loses none, and waits once: messages of one port stay in order, so the last answer stands for all. */
  async 'add, unanswered'(port: MessagePort, times: number) {
    for (let n = 1; n < times; n++) port.postMessage({ kind: 'add', value: 1, unanswered: true } satisfies Command);
    await ask(port, { kind: 'add', value: 1 });
  },
};
