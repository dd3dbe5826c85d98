// Many documents asked for by one client, and what came of it. A refusal is no answer, and is not asked again.

import { createHistogram } from 'node:perf_hooks';
import type { Dispatcher } from 'undici';
import { waitingTime } from '@cookbook/lab/task';
import { checkDocument } from '../proof/server/index.ts';
import type { TestServer } from '../proof/server/index.ts';

export interface LoadResult {
  readonly requests: number;
  /** Answered with the document that was asked for. */
  readonly good: number;
  readonly refused: number;
  /** ms for all of them. */
  readonly wall: number;
  /** Latency of the good ones, ms. */
  readonly p50: number;
  readonly p99: number;
  /** Connections that were opened, and the most requests that were there at once, as the server saw it. */
  readonly sockets: number;
  readonly mostInFlight: number;
  /** Time for which this thread or the server's had no core, of the wall time; undefined where the system does not tell. */
  readonly waitingShare: number | undefined;
}

/** The server said that it has no room. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/**
 * Asks for a document.
 *
 * @throws RefusedError where the status is 429 or 503, Error where it is another than 200 or the document is not right
 */
export async function ask(client: Dispatcher, number: number): Promise<Buffer> {
  const { statusCode, body } = await client.request({ method: 'GET', path: `/document/${number}` });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode === 503 || statusCode === 429) throw new RefusedError(`The server answered ${statusCode}`);
  if (statusCode !== 200) throw new Error(`Expected status 200, got ${statusCode}`);
  checkDocument(number, bytes);
  return bytes;
}

/** How requests are let go: each by `run`, which may have it wait. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/** Asks for so many documents through a limit. Another failure than a refusal rejects. */
export async function load(
  server: TestServer,
  client: Dispatcher,
  requests: number,
  limit: Limit,
): Promise<LoadResult> {
  await server.reset();
  const latencies = createHistogram();
  let refused = 0;
  const one = async (number: number): Promise<void> => {
    try {
      await limit(async () => {
        const start = performance.now();
        await ask(client, number);
        latencies.record(Math.max(1, Math.round((performance.now() - start) * 1_000)));
      });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refused++;
    }
  };
  const waitedBefore = waitingTime();
  const start = performance.now();
  await Promise.all(Array.from({ length: requests }, (_, number) => one(number)));
  const wall = performance.now() - start;
  const waited = waitingTime();
  const { sockets, mostInFlight, waited: serverWaited } = await server.counts();
  return {
    requests,
    good: requests - refused,
    refused,
    wall,
    p50: latencies.percentile(50) / 1_000,
    p99: latencies.percentile(99) / 1_000,
    sockets,
    mostInFlight,
    waitingShare:
      waited === undefined || waitedBefore === undefined || serverWaited === undefined
        ? undefined
        : (waited - waitedBefore + serverWaited) / wall,
  };
}

/** Good answers a second. */
export function goodput({ good, wall }: Pick<LoadResult, 'good' | 'wall'>): number {
  return (1_000 * good) / wall;
}
