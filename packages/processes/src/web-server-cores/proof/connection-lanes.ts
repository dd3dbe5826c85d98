// The workers of a server as the lab's lanes: a unit of work is a request, and its report is the answer.

import type { Lanes } from '@cookbook/lab/speedup';
import type { Unit } from '@cookbook/lab/task';
import { Client } from 'undici';
import { answerLanes } from '../../proof/answer-times.ts';
import { ask, pidOf } from './request.ts';
import { openServer } from './server-and-load.ts';

const QUICK: Unit = { kernel: 'primes', repeats: 1 };

/** A server of `count` workers, and a connection to each of them. */
export async function serverLanes(count: number): Promise<Lanes> {
  const server = await openServer(count);
  const connections = new Map<number, Client>();
  const close = async (): Promise<void> => {
    await Promise.all([...connections.values()].map((client) => client.close()));
    await server.close();
  };
  try {
    for (let tries = 0; connections.size < count; tries++) {
      if (tries === 10 * count) throw new Error(`Expected ${count} workers to answer, ${connections.size} did`);
      const client = new Client(`http://127.0.0.1:${server.port}`, { pipelining: 1, keepAliveTimeout: 60_000 });
      const pid = pidOf(await ask(client, QUICK));
      if (connections.has(pid)) await client.close();
      else connections.set(pid, client);
    }
    const clients = [...connections.values()];
    const lanes = answerLanes(
      count,
      () => clients.pop()!,
      (client, _, unit) => ask(client, unit),
    );
    return { run: (units) => lanes.run(units), close };
  } catch (error) {
    await close();
    throw error;
  }
}
