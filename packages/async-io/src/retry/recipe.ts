// Claim      Every fault of a server costs one more request, and the answer comes right; a POST or a 404 is sent once.
// Mechanism  Waits are random and double; Retry-After is their least. The time limit spans all attempts.
// Use when   requests are idempotent.
// Do not     retry a POST: it may have been done. Nor take undici's `interceptors.retry` (8.12.4) where bodies are cut: it
//            needs ranges.
// Copy       recipe.ts, policy.ts, ../timeouts-and-cancel/limit.ts, ../timeouts-and-cancel/recipe.ts; npm: undici; Node
//            22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts retry

import { setTimeout as sleep } from 'node:timers/promises';
import { tooLate, withLimit } from '../timeouts-and-cancel/limit.ts';
import { openClient } from '../timeouts-and-cancel/recipe.ts';
import type { Answer, ClientOptions, RequestOptions } from '../timeouts-and-cancel/recipe.ts';
import { mayRetry, parseRetryAfter, waitBefore } from './policy.ts';
import type { BackOff, Failure } from './policy.ts';

export interface RetryOptions {
  /** ms; `total` is for all attempts together. */
  readonly limits: ClientOptions;
  /** Attempts at most, 1 for none but the first. */
  readonly attempts: number;
  readonly backOff: BackOff;
  /** Is called before every wait. */
  readonly onRetry?: (failure: Failure, wait: number) => void;
}

/** A failure of the last attempt that was allowed. */
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

/** An HTTP client that tries again what may be tried again. */
export function openRetryingClient({ limits, attempts, backOff, onRetry }: RetryOptions) {
  const client = openClient(limits);
  return {
    /**
     * Asks until there is an answer that is not to be tried again. 404 is such an answer, and so is any to a POST.
     *
     * @throws RequestError after the last attempt, a TimeoutError when all of them take too long, the signal's reason
     */
    request(url: string, { signal, ...sent }: RequestOptions = {}): Promise<Answer> {
      const deadline = performance.now() + limits.total;
      return withLimit(limits.total, signal, async (both) => {
        for (let failed = 1; ; failed++) {
          const outcome = await client.request(url, { ...sent, signal: both }).catch((error: Error) => error);
          both.throwIfAborted();
          const failure = failureOf(outcome);
          const isPassing = mayRetry(sent.method ?? 'GET', failure);
          if (!(outcome instanceof Error) && !isPassing) return outcome;
          if (!isPassing || failed >= attempts) throw new RequestError(failure, failed, { cause: outcome });
          const wait = waitBefore(backOff, failed, Math.random(), failure);
          if (performance.now() + wait >= deadline) throw tooLate(limits.total); // at once: waiting cannot help
          onRetry?.(failure, wait);
          await sleep(Math.min(wait, 2 ** 31 - 1), undefined, { signal: both }); // a longer timer would go off at once
        }
      });
    },
    close: (): Promise<void> => client.close(),
  };
}

export type RetryingClient = ReturnType<typeof openRetryingClient>;

function failureOf(outcome: Answer | NodeJS.ErrnoException): Failure {
  if (outcome instanceof Error) return { code: outcome.code ?? outcome.name };
  const retryAfter = parseRetryAfter(outcome.headers['retry-after'], Date.now());
  return { status: outcome.status, ...(retryAfter !== undefined && { retryAfter }) };
}
