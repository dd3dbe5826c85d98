// What happens to requests that cannot end, and to those that fail.

import { checkDocument, openServer } from '../../proof/server/index.ts';
import type { Behaviour, TestServer } from '../../proof/server/index.ts';
import { mapLimited } from '../../map-limited/recipe.ts';
import { openClient, RequestError } from '../recipe.ts';
import type { Client, ClientOptions } from '../recipe.ts';
import { openSilence } from './silent-server.ts';

const PATIENT = { connect: 10_000, headers: 10_000, body: 10_000, total: 60_000 };
const SHORT_MS = 150;
const ATTEMPTS = 8;
const CLIENT: ClientOptions = { limits: PATIENT, attempts: ATTEMPTS, backOff: { base: 5, most: 40 } };

export type LimitName = 'connect' | 'headers' | 'body' | 'total';

/** What ended a request that would never have ended, and after how many ms. */
export interface Ended {
  readonly limit: LimitName;
  readonly by: string;
  readonly after: number;
}

/** A request for each of the limits, all at the same time; the other three limits of each are far away. */
export async function runIntoLimits(signal: AbortSignal): Promise<Ended[]> {
  const silence = await openSilence();
  // A body whose pieces come with long pauses, and one that trickles without end.
  const stalling = await openServer({ bodyBytes: 100, slowBody: { chunkBytes: 50, pause: 60_000 } }, signal);
  const trickling = await openServer({ bodyBytes: 1e6, slowBody: { chunkBytes: 1, pause: 20 } }, signal);
  const urls: Record<LimitName, string> = {
    connect: `https://127.0.0.1:${silence.port}/`, // whoever waits for the server's half of TLS is not connected
    headers: `http://127.0.0.1:${silence.port}/`,
    body: `${stalling.origin}/document/1`,
    total: `${trickling.origin}/document/1`,
  };
  try {
    return await Promise.all(
      (Object.keys(urls) as LimitName[]).map((limit) =>
        withClient({ limits: { ...PATIENT, [limit]: SHORT_MS }, attempts: 1 }, async (client) => {
          const start = performance.now();
          const by = await client.request(urls[limit], { signal }).then(({ status }) => String(status), nameOf);
          return { limit, by, after: performance.now() - start };
        }),
      ),
    );
  } finally {
    await Promise.all([silence.close(), stalling.close(), trickling.close()]);
  }
}

export interface Retried {
  /** Documents that came right, of how many; requests that the server saw beyond one each; faults that it committed. */
  readonly documents: number;
  readonly right: number;
  readonly repeated: number;
  readonly faults: number;
  /** Requests that the server saw of one POST that it failed, and of one GET for what is not there. */
  readonly posts: number;
  readonly missing: number;
}

/** Documents of a server of which every second answer is an error, a reset or cut short; and what is not tried again. */
export async function runIntoFaults(documents: number, signal: AbortSignal): Promise<Retried> {
  return withServer({ errorRate: 0.2, resetRate: 0.15, cutRate: 0.15 }, signal, (server) =>
    withClient({}, async (client) => {
      const numbers = Array.from({ length: documents }, (_, number) => number);
      const bodies = await mapLimited(
        numbers,
        16,
        async (number, both) => {
          const { body } = await client.request(`${server.origin}/document/${number}`, { signal: both });
          checkDocument(number, body);
          return body;
        },
        signal,
      );
      const counts = await server.counts();
      const faults = Object.values(counts.faults).reduce((sum, count) => sum + count, 0);

      await server.reset({ errorRate: 1 });
      await client.request(`${server.origin}/document/1`, { method: 'POST', signal });
      const posts = (await server.counts()).requests;
      await client.request(`${server.origin}/nothing`, { signal });
      const missing = (await server.counts()).requests - posts;
      return { documents, right: bodies.length, repeated: counts.requests - documents, faults, posts, missing };
    }),
  );
}

/** Two requests for a server that takes one at a time, and tells the other to come again in so many s. */
export async function runIntoRefusal(
  retryAfter: number,
  signal: AbortSignal,
): Promise<{ waits: number[]; right: number }> {
  const waits: number[] = [];
  return withServer({ delay: 200, width: 1, queue: 0, retryAfter }, signal, (server) =>
    withClient({ onRetry: (_, wait) => waits.push(wait) }, async (client) => {
      const answers = await mapLimited(
        [1, 2],
        2,
        (number, both) => client.request(`${server.origin}/document/${number}`, { signal: both }),
        signal,
      );
      return { waits, right: answers.filter(({ status }) => status === 200).length };
    }),
  );
}

/** A server for as long as the work takes. */
export async function withServer<T>(
  behaviour: Partial<Behaviour>,
  signal: AbortSignal,
  work: (server: TestServer) => Promise<T>,
): Promise<T> {
  const server = await openServer(behaviour, signal);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/** A client that is patient unless told otherwise, for as long as the work takes. */
export async function withClient<T>(options: Partial<ClientOptions>, work: (client: Client) => Promise<T>): Promise<T> {
  const client = openClient({ ...CLIENT, ...options });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

function nameOf(error: Error): string {
  return error instanceof RequestError ? String(error.failure.code) : error.name;
}
