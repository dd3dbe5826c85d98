// The owner with clients on threads of their own, run for run.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ask, startOwner } from '../recipe.ts';
import type { Job } from './client-task.ts';

/** Starts the owner of a number, and so many clients that send it commands. */
export function openClients(count: number) {
  const { owner, connect, close } = startOwner();
  const meeting = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const clients = Array.from({ length: count }, () => {
    const port = connect();
    const workerData = { port, meeting, clients: count };
    return new Worker(new URL('./client-task.ts', import.meta.url), { workerData, transferList: [port], execArgv: [] });
  });
  const own = connect();
  const failure = Promise.race([owner, ...clients].map((thread) => once(thread, 'exit'))).then((): never => {
    throw new Error('Expected the threads to be running, but one has ended');
  });
  failure.catch(() => {}); // it rejects the next run
  const finish = (client: Worker, job: Job): Promise<unknown> => {
    const done = once(client, 'message');
    client.postMessage(job);
    return Promise.race([done, failure]);
  };

  return {
    /** Has every client add 1 so many times, from 0. Resolves with what the owner has counted. */
    async run(way: Job['way'], times: number): Promise<number> {
      await Promise.race([ask(own, { kind: 'set', value: 0 }), failure]);
      await Promise.all(clients.map((client) => finish(client, { way, times })));
      return Promise.race([ask(own, { kind: 'get' }), failure]);
    },
    async close(): Promise<void> {
      own.close();
      await Promise.all([close(), ...clients.map((client) => client.terminate())]);
    },
  };
}
