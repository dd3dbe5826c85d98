// Claim      One thread owns the state, others send it commands: 2 threads that send `add` lose no update, without a lock.
//            Threads that send `get` and then `set` lose some all the same.
// Mechanism  The owner's event loop takes one message after another, and runs each to its end: a command is indivisible,
//            two commands are not.
// Use when   the state is more than a few numbers, such as objects, a Map or a file.
// Do not     use it for a counter: a command and its answer cost hundreds to thousands of times an `Atomics.add`. And do not spread one
//            change over two messages.
// Run        pnpm tsx packages/threads/src/main.ts message-pump

import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { sharedWords } from '../mutex/shared-words.ts';

/** What the owner understands. It answers with the value that it then has, unless nobody waits for that. */
export interface Command {
  readonly kind: 'get' | 'set' | 'add';
  readonly value?: number;
  readonly unanswered?: boolean;
}

/** What a client is told. */
export interface Job {
  readonly way: 'get, then set' | 'add' | 'add, unanswered';
  readonly times: number;
}

/** Starts the owner of a number, and so many clients that can command it. */
export function openPump(clients: number) {
  const owner = start('./owner-task.ts');
  /** One end of a new line to the owner. */
  const connect = (): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    owner.postMessage(port2, [port2]);
    return port1;
  };
  // Only for the unlucky moment of 'get, then set': the clients meet there once, so that it happens.
  const meeting = sharedWords(1);
  const threads = Array.from({ length: clients }, () => {
    const port = connect();
    return start('./proof/client-task.ts', { port, meeting, clients }, [port]);
  });
  const own = connect();
  const failures = Promise.race([owner, ...threads].map((thread) => once(thread, 'exit'))).then(() => {
    throw new Error('Expected the threads to be running, but one has ended');
  });
  failures.catch(() => {}); // told by whoever asks next
  const ask = (to: Peer, question: Job | Command): Promise<number> => {
    const { promise: answer, resolve } = Promise.withResolvers<number>();
    to.once('message', resolve);
    to.postMessage(question);
    return Promise.race([answer, failures]);
  };

  return {
    /** Has every client add 1 so many times, from 0. Resolves with what the owner has counted. */
    async run(way: Job['way'], times: number): Promise<number> {
      await ask(own, { kind: 'set', value: 0 });
      await Promise.all(threads.map((thread) => ask(thread, { way, times })));
      return ask(own, { kind: 'get' });
    },
    async close(): Promise<void> {
      own.close();
      await Promise.all([owner, ...threads].map((thread) => thread.terminate()));
    },
  };
}

/** What a Worker and a MessagePort have in common. */
interface Peer {
  once(event: 'message', listener: (answer: number) => void): unknown;
  postMessage(question: Job | Command): void;
}

function start(file: string, workerData?: unknown, transfer: MessagePort[] = []): Worker {
  return new Worker(new URL(file, import.meta.url), { workerData, transferList: transfer, execArgv: [] });
}
