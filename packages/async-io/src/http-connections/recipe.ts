// Claim      64 requests at once go one by one over one HTTP/1.1 connection, and all together over one HTTP/2 connection.
// Mechanism  An HTTP/1.1 connection carries one request at a time; HTTP/2 gives each a stream of its own.
// Use when   choosing how many connections a client may open.
// Do not     leave the number open, which opens one for each request, or do without keep-alive.
// Copy       recipe.ts; npm: undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts http-connections

import { H2CClient, Pool } from 'undici';
import type { Dispatcher } from 'undici';

/** At most so many connections, each with one request in flight; further requests wait in the pool. */
export function openHttp1(origin: string, connections: number): Dispatcher {
  return new Pool(origin, { connections });
}

/** A connection for every request that is in flight, however many there are. */
export function openHttp1WithoutLimit(origin: string): Dispatcher {
  return new Pool(origin);
}

/** A new connection for each request: undici turns keep-alive off by `pipelining: 0`. */
export function openHttp1WithoutKeepAlive(origin: string, connections: number): Dispatcher {
  return new Pool(origin, { connections, pipelining: 0 });
}

/**
 * One connection, with up to `streams` requests in flight. Over plain text (h2c), as between services behind a proxy; over
 * TLS a `Pool` with `allowH2: true` does the same where the server speaks HTTP/2.
 */
export function openHttp2(origin: string, streams: number): Dispatcher {
  return new H2CClient(origin, { maxConcurrentStreams: streams, pipelining: streams });
}
