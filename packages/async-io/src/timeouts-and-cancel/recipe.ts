// Claim      Four time limits each end a request that would never end; a cancel leaves no socket and no timer.
// Mechanism  Connecting, headers and each pause of a body have a limit; a fourth limits the whole.
// Use when   a request leaves the process: undici limits three, at 10, 300 and 300 s.
// Do not     count on limits under 1 s: undici's clock is coarse.
// Copy       recipe.ts; npm: undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts timeouts-and-cancel

import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';

/** ms: to connect, TLS included; until the headers; between two pieces of the body; for all of it. */
export type Limits = Readonly<Record<'connect' | 'headers' | 'body' | 'total', number>>;

export interface Answer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: Uint8Array;
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST';
  readonly signal?: AbortSignal;
}

/** An HTTP client that never waits for ever, and gives everything back when it is closed. */
export function openClient({ connect, headers, body, total }: Limits) {
  const dispatcher = new Agent({ connect: { timeout: connect }, headersTimeout: headers, bodyTimeout: body });
  return {
    /**
     * The answer, whatever its status, with its whole body.
     *
     * @throws undici's error, such as UND_ERR_HEADERS_TIMEOUT; a TimeoutError when the whole takes too long; the signal's reason
     */
    request(url: string, { method = 'GET', signal }: RequestOptions = {}): Promise<Answer> {
      return withLimit(total, signal, async (both) => {
        const response = await request(url, { method, dispatcher, signal: both });
        const { statusCode: status, headers: received } = response;
        return { status, headers: received, body: await response.body.bytes() };
      });
    },
    /** Breaks off what is under way, and closes every socket. */
    close: (): Promise<void> => dispatcher.destroy(),
  };
}

export type Client = ReturnType<typeof openClient>;

/**
 * Runs `work` with a signal that aborts after `limit` ms, or when `signal` does. No timer is left when the promise settles.
 *
 * @throws what `work` throws, or else a TimeoutError or the signal's reason
 */
export async function withLimit<T>(
  limit: number,
  signal: AbortSignal | undefined,
  work: (both: AbortSignal) => Promise<T>,
): Promise<T> {
  const whole = new AbortController();
  const timer = setTimeout(() => whole.abort(tooLate(limit)), limit);
  const both = signal ? AbortSignal.any([signal, whole.signal]) : whole.signal;
  try {
    both.throwIfAborted();
    return await work(both);
  } catch (error) {
    both.throwIfAborted(); // the reason, where there is one, and not what it made of the work
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

export function tooLate(limit: number): DOMException {
  return new DOMException(`Expected an answer within ${limit} ms, got none`, 'TimeoutError');
}
