// Claim      100,000 async tasks wait at once for under 2 KiB each; a thread takes over 2,000 times the memory and CPU time.
// Mechanism  A waiting task is a small object and a promise; a thread has a stack, a heap and an event loop.
// Use when   there is much that waits: connections, subscriptions, timers.
// Do not     forget what a waiting task holds: buffers, sockets.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts cheap-tasks

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** Some number of tasks or threads, all of them waiting. */
export interface Waiting {
  /** How many wait right now. */
  waiting(): number;
  /** Sends each its number, lets all of them end, and resolves with the sum of the numbers: 0 + 1 + 2 + ... */
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
    const received = await message; // `sum += await` would read the sum before the wait, and lose what others add
    sum += received;
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
    const received = await sleep(ms, number);
    sum += received;
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
        const [received] = (await answer) as [number];
        await end;
        return received;
      });
      return (await Promise.all(answers)).reduce((sum, received) => sum + received, 0);
    },
  };
}
