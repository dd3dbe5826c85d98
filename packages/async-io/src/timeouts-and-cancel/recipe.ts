// Claim      Four time limits each end a request that would never end; a cancel leaves no socket and no timer.
// Mechanism  Connecting, headers and each pause of a body have a limit; a fourth limits the whole.
// Use when   a request leaves the process: undici limits three, at 10, 300 and 300 s.
// Do not     count on limits under 1 s: undici's clock is coarse.
// Copy       recipe.ts, limit.ts; npm: undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts timeouts-and-cancel

import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { withLimit } from './limit.ts';

/** ms, or Infinity: to connect, TLS included; until the headers; between two pieces of the body; for all of it. */
export type Limits = Readonly<Record<'connect' | 'headers' | 'body' | 'total', number>>;

export interface ClientOptions extends Limits {
  /** The largest body of an answer, or Infinity; 16 MiB if it is left out. */
  readonly mostBytes?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: Uint8Array;
}

export interface RequestOptions {
  readonly method?: Dispatcher.HttpMethod;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/**
 * An HTTP client that never waits for ever, and gives everything back when it is closed.
 *
 * @throws RangeError for a limit that is not above 0
 */
export function openClient({ connect, headers, body, total, mostBytes = 2 ** 24 }: ClientOptions) {
  for (const [name, limit] of Object.entries({ connect, headers, body, total, mostBytes }))
    if (!(limit > 0)) throw new RangeError(`Expected \`${name}\` to be above 0, got ${limit}`);
  const dispatcher = new Agent({
    connect: { timeout: orNone(connect, 0) },
    headersTimeout: orNone(headers, 0),
    bodyTimeout: orNone(body, 0),
    maxResponseSize: orNone(mostBytes, -1),
  });
  return {
    /**
     * The answer, whatever its status, with its whole body.
     *
     * @throws undici's error, such as UND_ERR_HEADERS_TIMEOUT or UND_ERR_RES_EXCEEDED_MAX_SIZE; a TimeoutError when the whole
     *   takes too long; the signal's reason
     */
    request(url: string, { signal, ...sent }: RequestOptions = {}): Promise<Answer> {
      return withLimit(total, signal, async (both) => {
        const response = await request(url, { ...sent, dispatcher, signal: both });
        return { status: response.statusCode, headers: response.headers, body: await response.body.bytes() };
      });
    },
    /** Breaks off what is under way, and closes every socket. */
    close: (): Promise<void> => dispatcher.destroy(),
  };
}

export type Client = ReturnType<typeof openClient>;

/** undici takes no Infinity: a number of its own says that there is no limit. */
function orNone(limit: number, none: number): number {
  return limit === Infinity ? none : limit;
}
