// Claim      From a server that resets 5 % of its connections, cuts 2 % of its bodies short and is restarted half-way, a
//            client has every document exactly once and right; where it may not try again, it says which are missing, and why.
// Mechanism  A failure belongs to one document: it is tried again by itself, and the others go on. What comes is taken when
//            it is whole, so that a body cut short is a failure and not half a document.
// Use when   many independent things are fetched, and most of them are better than none: a crawl, a backup, a report.
// Do not     `Promise.all` over requests without a retry: the first failure loses all, and leaves the others running. And do
//            not write down what came before it is known to be whole.
// Run        pnpm tsx packages/async-io/src/main.ts faults

import pLimit from 'p-limit';
import { RequestError } from '../timeouts-and-cancel/recipe.ts';
import type { Client } from '../timeouts-and-cancel/recipe.ts';

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
  /** Takes a whole document, once. */
  readonly take: (number: number, body: Uint8Array) => void;
}

/**
 * Fetches the documents. Resolves with those that did not come, in the order of their numbers' asking; none is told twice.
 *
 * @throws the signal's reason when it aborts, once nothing is under way any more
 */
export async function fetchAll(client: Client, options: FetchOptions): Promise<Missing[]> {
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
      if (signal?.aborted) return []; // told for all of them below
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
