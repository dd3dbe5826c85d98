// The owner with clients on threads of their own, run for run.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ask } from '../ask.ts';
import { startOwner } from '../recipe.ts';
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
  const gone = new AbortController();
  for (const thread of [owner, ...clients]) {
    thread.on('error', (error) => gone.abort(error));
    thread.on('exit', () => gone.abort(new Error('Expected the threads to be running, but one has ended')));
  }
  const finish = async (client: Worker, job: Job): Promise<void> => {
    const done = once(client, 'message', { signal: gone.signal });
    client.postMessage(job);
    await done;
  };

  return {
    /** Has every client add 1 so many times, from 0. Resolves with what the owner has counted. */
    async run(way: Job['way'], times: number): Promise<number> {
      try {
        gone.signal.throwIfAborted();
        await ask(own, { kind: 'set', value: 0 });
        await Promise.all(clients.map((client) => finish(client, { way, times })));
        return await ask(own, { kind: 'get' });
      } catch (error) {
        throw gone.signal.aborted ? gone.signal.reason : error;
      }
    },
    async close(): Promise<void> {
      own.close();
      await Promise.all([close(), ...clients.map((client) => client.terminate())]);
    },
  };
}
