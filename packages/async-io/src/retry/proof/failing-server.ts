// Requests to a server that fails on purpose, counted by the server and by the client.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { Agent, interceptors, request } from 'undici';
import { mapLimited } from '../../fail-fast/recipe.ts';
import { checkDocument, fateOf, openServer } from '../../proof/server/index.ts';
import { openRetryingClient } from '../recipe.ts';
import type { RetryOptions, RetryingClient } from '../recipe.ts';

const CLIENT: RetryOptions = {
  limits: { connect: 10_000, headers: 10_000, body: 10_000, total: 60_000 },
  attempts: 8,
  backOff: { base: 5, most: 40 },
};
const AT_ONCE = 16;
/** Every second answer is an error, a reset or cut short. */
const FAULTS = { errorRate: 0.2, resetRate: 0.15, cutRate: 0.15 };
const CUTS = { cutRate: 0.5, seed: 1 };

/**
 * Documents of a server that fails every second request: `right`, `faults`, and `repeated`, the requests beyond one for
 * each document; then `posts` and `missing`, the requests that a POST and a 404 took.
 */
export async function runIntoFaults(documents: number, signal: AbortSignal): Promise<Figure[]> {
  await using server = await openServer(FAULTS, signal);
  return await withClient({}, async (client) => {
    const isRight = async (number: number): Promise<boolean> => {
      try {
        checkDocument(number, (await client.request(`${server.origin}/document/${number}`, { signal })).body);
        return true;
      } catch {
        signal.throwIfAborted();
        return false;
      }
    };
    const right = (await mapLimited(numbersTo(documents), AT_ONCE, isRight, signal)).filter(Boolean).length;
    const seen = await server.counts();
    const faults = Object.values(seen.faults).reduce((sum, count) => sum + count, 0);

    await server.reset({ errorRate: 1 });
    // What counts is how often it was sent, whatever came of it.
    await Promise.allSettled([client.request(`${server.origin}/document/1`, { method: 'POST', signal })]);
    signal.throwIfAborted();
    const posts = (await server.counts()).requests;
    await client.request(`${server.origin}/nothing`, { signal });
    const missing = (await server.counts()).requests - posts;
    const repeated = seen.requests - documents;
    return [
      counted('right', `of ${documents} documents, right in the end`, right, 'documents', exactly(documents)),
      counted('faults', 'faults of the server', faults, 'faults', exactly(faultsOf(documents))),
      counted('repeated', 'requests beyond one for each document', repeated, 'requests', exactly(faults)),
      counted('posts', 'a POST that failed: requests', posts, 'request', exactly(1)),
      counted('missing', 'a GET answered 404: requests', missing, 'request', exactly(1)),
    ];
  });
}

/** How often the server fails before every document has come: that follows from its seed. */
function faultsOf(documents: number): number {
  const rates = { ...FAULTS, seed: 1, delay: 0, jitter: 0 };
  const isFault = (number: number, attempt: number): boolean => fateOf(rates, number, attempt).fault !== undefined;
  return numbersTo(documents).reduce((sum, number) => {
    let attempt = 0;
    while (isFault(number, attempt)) attempt++;
    return sum + attempt;
  }, 0);
}

/** Two requests for a server that takes one at a time, and asks the other to come again after so many s. */
export async function runIntoRefusal(retryAfter: number, signal: AbortSignal): Promise<Figure[]> {
  await using server = await openServer({ delay: 200, width: 1, queue: 0, retryAfter }, signal);
  const waits: number[] = [];
  return await withClient({ onRetry: (_, wait) => waits.push(wait) }, async (client) => {
    const ask = (number: number, both: AbortSignal) =>
      client.request(`${server.origin}/document/${number}`, { signal: both });
    const answers = await mapLimited([1, 2], 2, ask, signal);
    const answered = answers.filter(({ status }) => status === 200).length;
    const name = `asked by Retry-After to wait for ${retryAfter} s`;
    return [
      counted('wait', `${name}: shortest wait`, Math.min(...waits), 'ms', { least: 1_000 * retryAfter }),
      counted('answered', `${name}: answered in the end`, answered, 'requests', { least: 2 }),
    ];
  });
}

/** Documents cut short half of the time, fetched with undici's own interceptor: `undici-cut`, and `undici-mended`. */
export async function runUndiciIntoCuts(documents: number, signal: AbortSignal): Promise<Figure[]> {
  await using server = await openServer(CUTS, signal);
  const agent = new Agent();
  const dispatcher = agent.compose(interceptors.retry({ minTimeout: 5, maxTimeout: 40 }));
  const rates = { ...CUTS, delay: 0, jitter: 0, errorRate: 0, resetRate: 0 };
  const cut = numbersTo(documents).filter((number) => fateOf(rates, number, 0).fault !== undefined);
  const isMended = async (number: number): Promise<boolean> => {
    try {
      const { body } = await request(`${server.origin}/document/${number}`, { dispatcher, signal });
      checkDocument(number, await body.bytes());
      return true;
    } catch {
      signal.throwIfAborted();
      return false;
    }
  };
  try {
    const mended = (await mapLimited(cut, AT_ONCE, isMended, signal)).filter(Boolean).length;
    return [
      counted('undici-cut', "undici's interceptor: bodies that were cut short", cut.length, 'bodies', { least: 1 }),
      counted('undici-mended', "undici's interceptor: of those, right in the end", mended, 'bodies', exactly(0)),
    ];
  } finally {
    await agent.destroy();
  }
}

async function withClient<T>(options: Partial<RetryOptions>, work: (client: RetryingClient) => Promise<T>): Promise<T> {
  const client = openRetryingClient({ ...CLIENT, ...options });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

function numbersTo(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}
