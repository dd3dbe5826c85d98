// A client. Neighbours differ by how many messages one change takes.

import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { meet } from '@cookbook/lab/task';
import type { SharedWords } from '../../mutex/shared-words.ts';
import type { Command, Job } from '../recipe.ts';

const { port, meeting, clients } = workerData as { port: MessagePort; meeting: SharedWords; clients: number };

function command(question: Command): Promise<number> {
  const { promise: answer, resolve } = Promise.withResolvers<number>();
  port.once('message', resolve);
  port.postMessage(question);
  return answer;
}

const ways = {
  /** Loses updates: between the two messages the owner hears others. All clients have the answer before any goes on. */
  async 'get, then set'(times: number) {
    for (let n = 0; n < times; n++) {
      const value = await command({ kind: 'get' });
      if (n === 0) meet(meeting, 0, clients);
      await command({ kind: 'set', value: value + 1 });
    }
  },

  /** Loses none: one change, one message. */
  async add(times: number) {
    for (let n = 0; n < times; n++) await command({ kind: 'add', value: 1 });
  },

  /** Loses none, and waits once: messages of one port stay in order, so the last answer stands for all. */
  async 'add, unanswered'(times: number) {
    for (let n = 1; n < times; n++) port.postMessage({ kind: 'add', value: 1, unanswered: true } satisfies Command);
    await command({ kind: 'add', value: 1 });
  },
};

parentPort!.on('message', async ({ way, times }: Job) => {
  await ways[way](times);
  parentPort!.postMessage(times);
});
