// Claim      From a server that resets 5 % of connections, cuts 2 % of bodies and restarts, every document arrives
//            once; without retries the client reports which are missing.
// Mechanism  A failure belongs to one document: it is tried again, and the others go on.
// Use when   most results are better than none: a crawl, a backup.
// Do not     use `Promise.all`: its first failure loses all.
// Copy       recipe.ts, ../retry/policy.ts, ../retry/recipe.ts, ../timeouts-and-cancel/recipe.ts; npm: p-limit, undici;
//            Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts faults

import pLimit from 'p-limit';
import { RequestError } from '../retry/recipe.ts';
import type { RetryingClient } from '../retry/recipe.ts';

export interface Missing {
  readonly number: number;
  /** The status or the code of the last attempt, or the name of the limit's error. */
  readonly reason: string;
  readonly attempts: number | undefined;
}

export interface FetchOptions {
  /** 'http://host:port', with the documents below `/document/`. */
  readonly origin: string;
  readonly numbers: readonly number[];
  /** Requests under way at once. */
  readonly limit: number;
  readonly signal?: AbortSignal;
  /** Is called once with each document, when it is whole. */
  readonly take: (number: number, body: Uint8Array) => void;
}

/**
 * Fetches the documents. Resolves with those that did not come, each once, in the order of `numbers`.
 *
 * @throws the signal's reason when it aborts, once nothing is under way any more
 */
export async function fetchAll(client: Pick<RetryingClient, 'request'>, options: FetchOptions): Promise<Missing[]> {
  const { origin, numbers, limit: concurrency, signal, take } = options;
  const limit = pLimit(concurrency);
  const fetchOne = async (number: number): Promise<Missing[]> => {
    try {
      signal?.throwIfAborted();
      const { status, body } = await client.request(`${origin}/document/${number}`, signal && { signal });
      if (status !== 200) return [{ number, reason: String(status), attempts: 1 }];
      take(number, body);
      return [];
    } catch (error) {
      if (error instanceof RequestError) return [missing(number, error)];
      if ((error as Error).name === 'TimeoutError') return [{ number, reason: 'TimeoutError', attempts: undefined }];
      if (signal?.aborted) return []; // thrown for all of them below
      throw error;
    }
  };
  const settled = await Promise.allSettled(numbers.map((number) => limit(fetchOne, number)));
  signal?.throwIfAborted();
  const broken = settled.find((one) => one.status === 'rejected');
  if (broken) throw broken.reason; // not a failure of the network: an error in `take`, or of our own
  return settled.flatMap((one) => (one as PromiseFulfilledResult<Missing[]>).value);
}

function missing(number: number, { failure, attempts }: RequestError): Missing {
  return { number, reason: String(failure.status ?? failure.code), attempts };
}
