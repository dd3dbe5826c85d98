// Claim      Each of four time limits ends a request that would never end; what may be tried again is, at random and ever
//            longer intervals; and after a cancel no socket and no timer is left, and the server knows.
// Mechanism  Every wait has a limit of its own: to connect, for the headers, between two pieces of the body. A server that
//            sends a byte now and then keeps to all three, so a limit on the whole, retries included, stands above them.
// Use when   a request leaves the process: undici's own limits are 10 s to connect, 300 s for headers and between pieces of
//            the body, and none on the whole. Its clock is coarse: of those three a limit under a second comes after one.
// Do not     retry what is not idempotent: a POST whose answer was lost may have been done. And do not take undici's
//            `interceptors.retry` for bodies that are cut short: it asks for the rest by Range, and fails where the server
//            does not know that; it has no jitter either.
// Run        pnpm tsx packages/async-io/src/main.ts timeouts-and-cancel

import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { mayRetry, parseRetryAfter, waitBefore } from '../retry/policy.ts';
import type { BackOff, Failure } from '../retry/policy.ts';

export interface ClientOptions {
  /** ms: to connect, TLS included; until the headers; between two pieces of the body; for all of it with every retry. */
  readonly limits: Readonly<Record<'connect' | 'headers' | 'body' | 'total', number>>;
  /** Attempts at most, 1 for none but the first. */
  readonly attempts: number;
  readonly backOff: BackOff;
  /** Hears of every wait before it begins. */
  readonly onRetry?: (failure: Failure, wait: number) => void;
}

export interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** A failure of the last attempt that was allowed, with what it came to. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly failure: Failure;
  readonly attempts: number;

  constructor(failure: Failure, attempts: number, options?: ErrorOptions) {
    const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
    super(`Expected an answer, got ${failure.status ?? failure.code} after ${times}`, options);
    this.failure = failure;
    this.attempts = attempts;
  }
}

/** An HTTP client that never waits for ever, and gives everything back when it is closed. */
export function openClient({ limits, attempts, backOff, onRetry }: ClientOptions) {
  const agent = new Agent({
    connect: { timeout: limits.connect },
    headersTimeout: limits.headers,
    bodyTimeout: limits.body,
  });

  /** One attempt: the answer, whatever its status, with its whole body. */
  async function attempt(url: string, method: 'GET' | 'POST', signal: AbortSignal): Promise<Answer & Failure> {
    const { statusCode, headers, body } = await request(url, { method, dispatcher: agent, signal });
    const retryAfter = parseRetryAfter(headers['retry-after'], Date.now());
    const answer = { status: statusCode, body: await body.bytes() }; // read even where nobody wants it: the socket is kept
    return retryAfter === undefined ? answer : { ...answer, retryAfter };
  }

  return {
    /**
     * Asks until there is an answer that is not to be tried again. 404 is such an answer, and so is any to a POST.
     *
     * @throws RequestError after the last attempt, the signal's reason, and a TimeoutError when the whole takes too long
     */
    async request(url: string, { method = 'GET', signal }: RequestOptions = {}): Promise<Answer> {
      const deadline = performance.now() + limits.total;
      const whole = new AbortController();
      const late = new DOMException(`Expected an answer within ${limits.total} ms, got none`, 'TimeoutError');
      const timer = setTimeout(() => whole.abort(late), limits.total);
      const both = signal ? AbortSignal.any([signal, whole.signal]) : whole.signal;
      try {
        for (let failed = 1; ; failed++) {
          both.throwIfAborted();
          const outcome = await attempt(url, method, both).catch((error: NodeJS.ErrnoException) => error);
          both.throwIfAborted();
          const failure = failureOf(outcome);
          if (!(outcome instanceof Error) && !mayRetry(method, failure)) return outcome;
          if (failed >= attempts || !mayRetry(method, failure))
            throw new RequestError(failure, failed, { cause: outcome });
          const wait = waitBefore(backOff, failed, Math.random(), failure);
          if (performance.now() + wait >= deadline) throw late; // at once: to wait for what cannot come helps nobody
          onRetry?.(failure, wait);
          await sleep(wait, undefined, { signal: both }).catch(() => both.throwIfAborted());
        }
      } finally {
        clearTimeout(timer);
      }
    },
    /** Breaks off what is under way, and closes every socket. */
    close: (): Promise<void> => agent.destroy(),
  };
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST';
  readonly signal?: AbortSignal;
}

export type Client = ReturnType<typeof openClient>;

function failureOf(outcome: Failure | NodeJS.ErrnoException): Failure {
  return outcome instanceof Error ? { code: outcome.code ?? outcome.name } : outcome;
}
