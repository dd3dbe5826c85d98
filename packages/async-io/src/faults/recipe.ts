// Claim      From a server that resets 5 % of connections, cuts 2 % of bodies and restarts, every document arrives
//            once; without retries the client reports which are missing.
// Mechanism  A failure belongs to one document: it is tried again, and the others go on.
// Use when   most results are better than none: a crawl, a backup.
// Do not     use `Promise.all`: its first failure loses all.
// Copy       recipe.ts, ../fail-fast/recipe.ts, ../retry/policy.ts, ../retry/recipe.ts, ../timeouts-and-cancel/limit.ts,
//            ../timeouts-and-cancel/recipe.ts; npm: undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts faults

import { mapLimited } from '../fail-fast/recipe.ts';
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
 * @throws what `take` throws, or the signal's reason: nothing is under way any more, and no other request was begun
 */
export async function fetchAll(client: Pick<RetryingClient, 'request'>, options: FetchOptions): Promise<Missing[]> {
  const { origin, numbers, limit, signal, take } = options;
  const fetchOne = async (number: number, both: AbortSignal): Promise<Missing[]> => {
    const answer = await client
      .request(`${origin}/document/${number}`, { signal: both })
      .catch((error: Error) => error);
    both.throwIfAborted();
    if (answer instanceof RequestError) return [missing(number, answer)];
    if (!(answer instanceof Error)) {
      if (answer.status !== 200) return [{ number, reason: String(answer.status), attempts: 1 }];
      take(number, answer.body);
      return [];
    }
    if (answer.name === 'TimeoutError') return [{ number, reason: answer.name, attempts: undefined }];
    throw answer; // not a failure of the network: an error of our own
  };
  return (await mapLimited(numbers, limit, fetchOne, signal)).flat();
}

function missing(number: number, { failure, attempts }: RequestError): Missing {
  return { number, reason: String(failure.status ?? failure.code), attempts };
}
