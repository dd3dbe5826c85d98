// Claim      100,000 async tasks wait at once on one thread, for less than 4 KiB each; a thread that waits takes more than
//            a thousand times the memory, and as many times the CPU time to start.
// Mechanism  A task that waits is an object on the heap: its local variables, and a promise that points back at it. A thread
//            is a stack, an isolate with a heap of its own, and an event loop, before it has done anything.
// Use when   there are many of what mostly waits: connections, subscriptions, timers, messages to come.
// Do not     count on it for computing: 100,000 tasks share one core. And do not start 100,000 that all ask the same server:
//            see `how-many-at-once`. What a task holds while it waits (a buffer, a socket) comes on top.
// Run        pnpm tsx packages/async-io/src/main.ts cheap-tasks

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** Some number of tasks or threads, all of them waiting. */
export interface Waiting {
  /** How many wait right now. */
  waiting(): number;
  /** Lets all of them go on to their end. Resolves with the sum of what they were told: 0 + 1 + ... for tasks. */
  release(): Promise<number>;
}

/** Starts tasks of which each waits for a message of its own, as one waits for an answer or for a channel. */
export function startTasks(count: number): Waiting {
  const inboxes: ((message: number) => void)[] = [];
  let waiting = 0;
  let sum = 0;
  const task = async (): Promise<void> => {
    const { promise: message, resolve } = Promise.withResolvers<number>();
    inboxes.push(resolve);
    waiting++;
    const told = await message; // not `sum += await`: that would read the sum before the wait, and lose what others add
    sum += told;
    waiting--;
  };
  const tasks = Array.from({ length: count }, task);
  return {
    waiting: () => waiting,
    async release() {
      for (const [number, send] of inboxes.entries()) send(number);
      await Promise.all(tasks);
      return sum;
    },
  };
}

/** Starts tasks of which each waits for a timer of its own, for `ms`. */
export function startTimers(count: number, ms: number): Waiting {
  let waiting = 0;
  let sum = 0;
  const task = async (number: number): Promise<void> => {
    waiting++;
    const told = await sleep(ms, number);
    sum += told;
    waiting--;
  };
  const tasks = Array.from({ length: count }, (_, number) => task(number));
  return { waiting: () => waiting, release: async () => (await Promise.all(tasks), sum) };
}

/** Starts threads of which each waits for a message. Plain JavaScript from a string: as cheap as a Worker can be. */
export async function startThreads(count: number): Promise<Waiting> {
  const code = `const { parentPort } = require('node:worker_threads');
    parentPort.once('message', (number) => parentPort.postMessage(number));
    parentPort.postMessage('waiting');`;
  const threads = Array.from({ length: count }, () => new Worker(code, { eval: true, execArgv: [] }));
  await Promise.all(threads.map((thread) => once(thread, 'message')));
  return {
    waiting: () => threads.filter(({ threadId }) => threadId !== -1).length,
    async release() {
      const answers = threads.map(async (thread, number) => {
        const answer = once(thread, 'message');
        const end = once(thread, 'exit');
        thread.postMessage(number);
        const [told] = (await answer) as [number];
        await end;
        return told;
      });
      return (await Promise.all(answers)).reduce((sum, told) => sum + told, 0);
    },
  };
}
