// Claim      Threads that send an owner one message per change lose no update, without a lock.
// Mechanism  The owner's event loop finishes one message before the next: one command is indivisible, two are not.
// Use when   the state is more than numbers: objects, a Map, a file.
// Do not     use it for a counter: `Atomics.add` is far cheaper; nor split a change over two messages.
// Copy       recipe.ts, ask.ts, owner-task.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts message-pump

import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { ask, ends } from './ask.ts';
import type { Command, End } from './ask.ts';

/** Starts the owner of a number, which is 0 at first. Where it ends, what is asked of it rejects. */
export function startOwner() {
  const owner = new Worker(new URL('./owner-task.ts', import.meta.url), { execArgv: [] });
  const end: End = {};
  let isOver = false;
  owner.on('error', (error) => (end.error = error));
  owner.on('exit', () => (isOver = true));
  return {
    owner,
    /** One end of a new line to the owner: use it here, or transfer it to another thread. */
    connect: (): MessagePort => {
      const { port1, port2 } = new MessageChannel();
      ends.set(port1, end);
      if (isOver) port2.close();
      else owner.postMessage(port2, [port2]);
      return port1;
    },
    /** Ends the owner at once; questions that wait, and later ones, reject. */
    close: async (): Promise<void> => {
      isOver = true;
      await owner.terminate();
    },
  };
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
