// How many requests a client has in flight, and how many connections it opens for them, as the server counts both.

import { H2CClient, Pool } from 'undici';
import type { Dispatcher } from 'undici';
import type { TestServer } from '../proof/server/index.ts';
import { allAtOnce, download } from './recipe.ts';

export const REQUESTS = 64;
/** ms; where all are to be in flight, so long that the last one is sent before the first is answered. */
const SHORT = 5;
const LONG = 100;

export interface Connections {
  readonly name: string;
  readonly sockets: number;
  readonly mostInFlight: number;
}

/** Every kind of client is given all the requests at once; what it does with them is its own. */
const CLIENTS: readonly {
  readonly name: string;
  readonly delay: number;
  readonly open: (server: TestServer) => Dispatcher;
}[] = [
  { name: 'HTTP/1.1, 1 connection', delay: SHORT, open: ({ origin }) => new Pool(origin, { connections: 1 }) },
  { name: 'HTTP/1.1, 8 connections', delay: SHORT, open: ({ origin }) => new Pool(origin, { connections: 8 }) },
  { name: 'HTTP/1.1, no limit', delay: LONG, open: ({ origin }) => new Pool(origin) },
  // undici turns keep-alive off by this.
  {
    name: 'HTTP/1.1, 8 connections, no keep-alive',
    delay: SHORT,
    open: ({ origin }) => new Pool(origin, { connections: 8, pipelining: 0 }),
  },
  {
    name: 'HTTP/2, 1 connection',
    delay: LONG,
    open: ({ http2Origin }) => new H2CClient(http2Origin!, { maxConcurrentStreams: REQUESTS, pipelining: REQUESTS }),
  },
];

/** What each kind of client does with as many requests as `REQUESTS`, all asked for at once. */
export async function countConnections(server: TestServer): Promise<Connections[]> {
  const seen: Connections[] = [];
  for (const { name, delay, open } of CLIENTS) {
    await server.reset({ delay });
    const client = open(server);
    try {
      await allAtOnce(
        Array.from({ length: REQUESTS }, (_, number) => number),
        (number) => download(client, number),
      );
      const { sockets, mostInFlight } = await server.counts();
      seen.push({ name, sockets, mostInFlight });
    } finally {
      await client.destroy();
    }
  }
  return seen;
}
